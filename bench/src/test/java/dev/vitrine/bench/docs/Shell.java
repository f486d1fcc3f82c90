package dev.vitrine.bench.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vitrine.bench.command.JshellCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * What {@code bench/vitrine jshell} is, in this JVM: Java typed into it line by line.
 *
 * <p>Behind {@code // ==>} stands what JShell answers to the statement before it; … stands for
 * anything. Paths that a page names lie in a folder of their own.
 */
final class Shell implements AutoCloseable {
  private static final String ANSWER = "// ==> ";

  private final JShell java = JShell.builder().executionEngine("local").build();
  private final Path folder;
  private int checked;

  Shell(Path folder) throws IOException {
    this.folder = folder;
    java.addToClasspath(System.getProperty("java.class.path"));
    type(JshellCommand.imports());
  }

  /** Answers that were compared so far. */
  int checked() {
    return checked;
  }

  /** Runs the lines, compares answers, and gives what was printed. */
  String run(String code) {
    String text = code.replace("Path.of(\"", "Path.of(\"" + folder + "/");
    int before = checked;
    var said = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      type(text);
    } finally {
      System.setOut(out);
    }
    long answers = text.lines().filter(l -> l.contains(ANSWER)).count();
    assertEquals(answers, checked - before, "answers that stand behind a statement, in\n" + code);
    return said.toString(StandardCharsets.UTF_8);
  }

  /** Compiles the lines, and runs nothing. */
  void compile(String code) {
    type("void compiled() throws Exception {\n" + code + "}");
  }

  private void type(String text) {
    String rest = text;
    while (!rest.isBlank()) {
      CompletionInfo next = java.sourceCodeAnalysis().analyzeCompletion(rest);
      if (next.completeness() == Completeness.EMPTY) {
        return;
      }
      if (next.source() == null) {
        fail(next.completeness() + ":\n" + rest);
      }
      rest = Objects.requireNonNullElse(next.remaining(), "");
      String value = "";
      for (SnippetEvent e : java.eval(next.source())) {
        value = e.causeSnippet() == null ? answer(e) : value;
      }
      String wanted = wanted(text, text.length() - rest.length());
      if (!wanted.isEmpty()) {
        String pattern = Pattern.quote(wanted).replace("…", "\\E.*\\Q");
        if (!value.matches(pattern)) {
          assertEquals(wanted, value, next.source());
        }
        checked++;
      }
    }
  }

  private String answer(SnippetEvent e) {
    if (e.exception() instanceof EvalException x) {
      fail("%s: %s\n%s".formatted(x.getExceptionClassName(), x.getMessage(), e.snippet().source()));
    }
    if (e.status() != Snippet.Status.VALID) {
      fail(
          java.diagnostics(e.snippet())
              .map(d -> d.getMessage(Locale.ROOT))
              .collect(Collectors.joining("\n", "", "\n" + e.snippet().source())));
    }
    return Objects.requireNonNullElse(e.value(), "");
  }

  /** What stands behind the mark on the line where a statement ends, if nothing lies between. */
  private static String wanted(String text, int end) {
    int last = end - 1;
    while (last > 0 && Character.isWhitespace(text.charAt(last))) {
      last--;
    }
    int from = text.lastIndexOf('\n', last) + 1;
    int until = text.indexOf('\n', last);
    String line = text.substring(from, until < 0 ? text.length() : until);
    int mark = line.indexOf(ANSWER);
    boolean behind = mark >= 0 && line.substring(Math.min(last + 1 - from, mark), mark).isBlank();
    return behind ? line.substring(mark + ANSWER.length()).strip() : "";
  }

  @Override
  public void close() {
    java.close();
  }
}
