package dev.vitrine.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JshellTest {
  @TempDir private Path folder;

  @Test
  void aScriptTrainsExplainsAndShowsWithoutAnImport() throws IOException {
    var cli = new Cli(folder);
    Path script =
        cli.file(
            "script.jsh",
            """
            Split data = DrawnDigits.of(7, 64, 8);
            Model model = Model.sequential(flatten(), linear(784, 10));
            new Trainer(model).loss(Loss.crossEntropy()).batch(32).fit(data.train(), 1);
            show(new InputXGradient().explain(model, data.test().input(0), Target.predicted()));
            /exit
            """);
    var said = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, cli.run("jshell", script).code());
    } finally {
      System.setOut(before);
    }
    String text = said.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("InputXGradient {at=input"), text);
    assertEquals(14, text.lines().filter(l -> l.contains("▀")).count(), text);
  }

  @Test
  void aScriptThatIsNotThereIsRefused() {
    Cli.Answer a = new Cli(folder).run("jshell", "none.jsh");
    assertEquals(2, a.code());
    assertTrue(a.err().contains("none.jsh: no file has this name"), a.err());
  }
}
