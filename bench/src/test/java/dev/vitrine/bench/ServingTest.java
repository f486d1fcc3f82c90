package dev.vitrine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.kernel.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a better backend can't serve, a program says so in one line, once. */
class ServingTest {
  private static final String VECTOR = "--add-modules=jdk.incubator.vector";
  private static final String NO_SUCH_ISA = "-Dvitrine.isa=mmx";

  /** A system that JavaCPP has no name for, so that there is no library for it. */
  private static final String NO_SUCH_PLATFORM = "-Dorg.bytedeco.javacpp.platform=plan9-mips";

  @TempDir private Path folder;

  /** What a JVM with these options printed: the backend that serves, and our lines. */
  private record Answer(String serving, List<String> said) {}

  private Answer start(String... options) throws Exception {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("--enable-native-access=ALL-UNNAMED");
    words.addAll(List.of(options));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Serving.class.getName()));
    Path err = folder.resolve("err");
    Process p = new ProcessBuilder(words).redirectError(err.toFile()).start();
    String out = new String(p.getInputStream().readAllBytes());
    assertEquals(0, p.waitFor(), Files.readString(err));
    return new Answer(
        out.strip(), Files.readAllLines(err).stream().filter(l -> l.contains("vitrine:")).toList());
  }

  /** Asks twice, as a program would that trains and then explains. */
  static final class Serving {
    public static void main(String[] args) {
      Device.standard();
      System.out.println(Device.standard().backend().name());
    }
  }

  @Test
  void theBestOneServesInSilence() throws Exception {
    var best = Device.backends().getFirst();
    assumeTrue(best.unavailable() == null, best.unavailable());
    assertEquals(new Answer(best.name(), List.of()), start(VECTOR));
  }

  @Test
  void theNextOneServesAndSaysWhy() throws Exception {
    for (String reason : List.of(NO_SUCH_ISA, NO_SUCH_PLATFORM)) {
      Answer a = start(VECTOR, reason);
      assertEquals("vector", a.serving);
      assertEquals(1, a.said.size(), a.toString());
      assertTrue(
          a.said.getFirst().startsWith("vitrine: the vector backend serves; cpp can't be used: "),
          a.toString());
    }
  }

  @Test
  void theLastOneGivesBothReasons() throws Exception {
    Answer a = start(NO_SUCH_PLATFORM);
    assertEquals("scalar", a.serving);
    assertEquals(1, a.said.size(), a.toString());
    String line = a.said.getFirst();
    assertTrue(line.startsWith("vitrine: the scalar backend serves; cpp can't be used: "), line);
    assertTrue(line.contains("; vector can't be used: the JVM was started without"), line);
  }

  @Test
  void theOneThatWasAskedForServesInSilence() throws Exception {
    assertEquals(new Answer("scalar", List.of()), start(NO_SUCH_ISA, "-Dvitrine.backend=scalar"));
  }
}
