package dev.vitrine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VitrineTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... words) {
    String[] args = new String[words.length];
    for (int i = 0; i < args.length; i++) {
      args[i] = words[i].toString();
    }
    return Vitrine.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private static Path golden() throws URISyntaxException {
    return Path.of(VitrineTest.class.getResource("/golden/index.json").toURI()).getParent();
  }

  @Test
  void conformanceThatPassesIsZero() throws Exception {
    Path json = folder.resolve("report.json");
    assertEquals(
        0,
        run(
            "conformance",
            golden(),
            "--backend",
            "scalar",
            "--group",
            "op,optimizer",
            "--json",
            json));
    assertEquals("", err.toString());
    assertTrue(out.toString().contains("8 cases: 8 passed, 0 failed"), out.toString());
    assertTrue(Files.readString(json).contains("\"a_op_add\""));
  }

  @Test
  void conformanceThatFailsIsOne() throws Exception {
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(
        folder.resolve("index.json"),
        "{\"cases\": [{\"id\": \"a\", \"group\": \"op\", \"method\": \"magic\", \"path\":"
            + " \"a\"}]}");
    assertEquals(1, run("conformance", folder, "--backend", "scalar"));
    assertTrue(out.toString().contains("1 not supported"), out.toString());
  }

  @Test
  void badInputIsTwoAndOneSentence() throws Exception {
    assertEquals(2, run("conformance", folder));
    assertEquals(2, run("conformance", folder.resolve("nowhere")));
    assertEquals(2, run("conformance", golden(), "--group", "optics"));
    assertEquals(2, run("conformance", golden(), "--method", "magic"));
    assertEquals(2, run("conformance", golden(), "--backend", "abacus"));
    assertEquals(2, run("conformance", golden(), "--json", folder.resolve("no/such/file")));
    assertEquals(2, run("conformance"));
    assertEquals(2, run("conformance", golden(), "--colour"));
    assertEquals(2, run("confirmation"));
    for (String line : err.toString().lines().toList()) {
      assertTrue(line.startsWith("vitrine: "), line);
    }
    assertEquals(9, err.toString().lines().count(), err.toString());
  }

  @Test
  void stacktraceIsShownOnRequestOnly() throws IOException {
    assertEquals(2, run("conformance", folder, "--stacktrace"));
    assertTrue(err.toString().contains("\tat dev.vitrine.bench."), err.toString());
  }

  @Test
  void doctorNamesEveryBackendAndTheOneThatServes() {
    assertEquals(0, run("doctor"), err.toString());
    assertTrue(out.toString().contains("backend scalar  available: "), out.toString());
    assertTrue(out.toString().lines().anyMatch(l -> l.startsWith("serving ")), out.toString());
    assertTrue(out.toString().contains(System.getProperty("java.vm.vendor")));
  }

  @Test
  void withoutACommandThereIsHelp() {
    assertEquals(0, run());
    assertTrue(out.toString().contains("conformance"));
    assertTrue(out.toString().contains("doctor"));
  }
}
