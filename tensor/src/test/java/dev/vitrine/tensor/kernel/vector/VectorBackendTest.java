package dev.vitrine.tensor.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.kernel.Device;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorBackendTest {
  @Test
  void isFoundByNameAndRanksAboveScalar() {
    assertNull(new VectorBackend().unavailable());
    var names = Device.backends().stream().map(b -> b.name()).toList();
    assertTrue(names.indexOf("vector") < names.indexOf("scalar"), names.toString());
    assertEquals("vector", Device.of("vector", 1).backend().name());
    assertTrue(new VectorBackend().description().contains("" + Lanes.F.vectorBitSize()));
  }

  /** Says which flag is missing, in a JVM that was started without it. */
  public static void main(String[] args) {
    System.out.print(new VectorBackend().unavailable() + " " + new VectorBackend().description());
  }

  @Test
  void namesTheMissingFlag() throws IOException, InterruptedException {
    assertTrue(run().contains("--add-modules jdk.incubator.vector"), run());
  }

  @Test
  void refusesAnUnknownWidthInASentence() throws IOException, InterruptedException {
    String said = run("--add-modules", "jdk.incubator.vector", "-Dvitrine.lanes=banana");
    assertTrue(said.contains("banana"), said);
  }

  private static String run(String... options) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(classPath(VectorBackend.class, VectorBackendTest.class));
    command.add(VectorBackendTest.class.getName());
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, p.waitFor(), said);
    return said;
  }

  private static String classPath(Class<?>... classes) {
    var path = new StringBuilder();
    for (Class<?> c : classes) {
      path.append(Path.of(URI.create("" + c.getProtectionDomain().getCodeSource().getLocation())))
          .append(File.pathSeparator);
    }
    return path.toString();
  }
}
