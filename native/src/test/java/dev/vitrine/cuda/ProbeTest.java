package dev.vitrine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine lacks is said in one sentence, and nothing breaks. */
class ProbeTest {
  @TempDir Path folder;

  @BeforeEach
  void itWasBuilt() {
    assumeTrue(Fake.isHere(), "no C++ compiler: the CUDA backend is not tested");
  }

  /** What a JVM says that finds only these of the driver's libraries, and what the system has. */
  private String reason(String... libraries) throws IOException, InterruptedException {
    for (String library : libraries) {
      Path built = Path.of("target", "fake-cuda", library).toAbsolutePath();
      Files.createSymbolicLink(folder.resolve(library), built);
    }
    return ask();
  }

  private String ask(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ProbeTest.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LD_LIBRARY_PATH", folder.toString());
    Process p = builder.start();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, p.waitFor(), said);
    return said;
  }

  /** What a machine has by itself can't be taken away from it. */
  private void systemHasNo(String library) throws IOException, InterruptedException {
    assumeTrue(ask(library).equals("false"), "this machine has a " + library);
  }

  /** Prints what the backend says of itself, or whether there is this library. */
  public static void main(String[] args) {
    System.out.println(
        args.length == 0 ? new CudaBackend().unavailable() : "" + Probe.finds(args[0]));
  }

  @Test
  void noDriver() throws Exception {
    systemHasNo("libcuda.so.1");
    assertEquals("there is no NVIDIA driver (libcuda.so.1) on this machine", reason());
  }

  @Test
  void noRuntime() throws Exception {
    systemHasNo("libcudart.so.13");
    assertEquals(
        "CUDA 13's libcudart.so.13 was not found: install it, or set LD_LIBRARY_PATH",
        reason("libcuda.so.1"));
  }

  @Test
  void noCompiler() throws Exception {
    systemHasNo("libnvrtc.so.13");
    assertEquals(
        "CUDA 13's libnvrtc.so.13 was not found: install it, or set LD_LIBRARY_PATH",
        reason("libcuda.so.1", "libcudart.so.13"));
  }

  @Test
  void allThere() throws Exception {
    assertEquals("null", reason("libcuda.so.1", "libcudart.so.13", "libnvrtc.so.13"));
  }
}
