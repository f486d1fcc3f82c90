package dev.vitrine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What bench/jvm promises, in a checkout with one class and a space in its name. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "C++ kernels and their cache are for Linux")
class JvmTest {
  /** Says where its own code came from, and whether there is a Vector API. */
  private static final String REHEARSAL =
      """
      package dev.vitrine.bench;
      class Rehearsal {
        public static void main(String[] words) {
          boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
          System.out.println(String.join(" ", words) + (vector ? ": vector" : ": no vector"));
        }
      }
      """;

  private static final String FROM_CACHE = "dev.vitrine.bench.Rehearsal source: shared objects";

  @TempDir private Path folder;
  private Path root = Path.of("");
  private Path cache = Path.of("");

  /** What a start printed; exit code 0. */
  private record Answer(String out, String err) {}

  @BeforeEach
  void checkout() throws IOException {
    List<String> processor = Files.readAllLines(Path.of("/proc/cpuinfo"));
    assumeTrue(
        processor.stream().anyMatch(l -> l.startsWith("flags") && l.contains(" avx2 ")),
        "this processor has no AVX2, so the C++ kernels never serve");
    root = folder.resolve("a checkout");
    cache = root.resolve("bench/target/vitrine.aot");
    Path library = root.resolve("native/target/classes/dev/vitrine/cpp/linux-x86_64");
    Files.createDirectories(library);
    Files.createFile(library.resolve("libjniNative.so"));
    Files.createDirectories(root.resolve("bench/target/lib"));
    Files.createDirectories(root.resolve(".mvn"));
    for (String file : List.of("bench/jvm", ".mvn/find-jdk.sh")) {
      Files.copy(Path.of("..", file), root.resolve(file));
    }
    jar();
  }

  private void jar() throws IOException {
    Path source = Files.writeString(folder.resolve("Rehearsal.java"), REHEARSAL);
    String[] words = {"-d", folder.toString(), source.toString()};
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, words));
    String name = "dev/vitrine/bench/Rehearsal.class";
    try (OutputStream file = Files.newOutputStream(root.resolve("bench/target/bench.jar"));
        var jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry(name));
      Files.copy(folder.resolve(name), jar);
    }
  }

  /** Starts it; {@code options} are for the JVM. */
  private Answer start(String word, String... options) throws Exception {
    var words = new ArrayList<>(List.of("sh", root.resolve("bench/jvm").toString()));
    words.addAll(List.of(options));
    words.addAll(List.of("dev.vitrine.bench.Rehearsal", word));
    Path err = folder.resolve("err");
    var builder = new ProcessBuilder(words).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("VITRINE_OPTS");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), Files.readString(err));
    return new Answer(out, Files.readString(err));
  }

  @Test
  void theSecondStartIsFromTheCacheOfTheFirst() throws Exception {
    Answer first = start("hello");
    assertEquals("hello: no vector\n", first.out);
    assertTrue(first.err.startsWith("vitrine: rehearsing once"), first.err);
    try (var left = Files.list(cache.resolveSibling(""))) {
      assertEquals(4, left.count(), "jar, lib, log and cache");
    }
    Answer second = start("hello again", "-Xlog:class+load");
    assertTrue(second.out.contains(FROM_CACHE), second.out);
    assertTrue(second.out.endsWith("hello again: no vector\n"), second.out);
    assertEquals("", second.err);
  }

  @Test
  void aCacheThatDoesNotFitIsPassedOverInSilence() throws Exception {
    assertFalse(start("hello").err.isEmpty());
    for (String option : List.of("-XX:-UseCompressedOops", "-XX:+UseCompactObjectHeaders")) {
      assertEquals(new Answer("hello: no vector\n", ""), start("hello", option), option);
    }
    byte[] half = Files.readAllBytes(cache);
    Files.write(cache, Arrays.copyOf(half, half.length / 2));
    assertEquals(new Answer("hello: no vector\n", ""), start("hello"));
    Files.write(cache, new byte[0]); // after a rehearsal that failed
    assertEquals(new Answer("hello: no vector\n", ""), start("hello"));
  }

  @Test
  void whoMayNeedTheVectorApiGetsIt() throws Exception {
    assertEquals("--backend vector: vector\n", start("--backend vector").out);
    assertEquals("doctor: vector\n", start("doctor").out);
    assertEquals("x: vector\n", start("x", "-Dvitrine.backend=vector").out);
    Files.delete(
        root.resolve("native/target/classes/dev/vitrine/cpp/linux-x86_64/libjniNative.so"));
    assertEquals("x: vector\n", start("x").out);
    assertFalse(Files.exists(cache), "where C++ does not serve there is nothing to rehearse");
  }
}
