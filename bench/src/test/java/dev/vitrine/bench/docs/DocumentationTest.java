package dev.vitrine.bench.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.vitrine.bench.Vitrine;
import dev.vitrine.bench.docs.MarkdownPage.Block;
import dev.vitrine.nn.data.DataDir;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every snippet of the pages runs and says what stands there; every command and link is real. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** The first rows show as well that a snippet runs. */
  private static final String FEW_ROWS =
      """
      class Mnist {
        static Split load(DataDir folder) throws java.io.IOException {
          Split all = dev.vitrine.nn.data.Mnist.load(folder);
          return new Split(all.train().slice(0, 2048), all.test().slice(0, 100));
        }
      }
      """;

  @TempDir private Path folder;

  private static List<MarkdownPage> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> found =
          files
              .filter(f -> f.toString().endsWith(".md"))
              .filter(f -> !ROOT.relativize(f).toString().matches("(.*/)?(target|runs)/.*"))
              .sorted()
              .toList();
      assertTrue(found.contains(ROOT.resolve("README.md")), found.toString());
      return found.stream().map(DocumentationTest::page).toList();
    }
  }

  private static MarkdownPage page(Path file) {
    try {
      return MarkdownPage.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(MarkdownPage page) {
    return ROOT.relativize(page.file()).toString();
  }

  /** A page is one session: what a snippet declares is there in those below it. */
  @TestFactory
  Stream<DynamicTest> snippetsSayWhatThePageSays() throws IOException {
    return pages().stream()
        .filter(p -> !p.blocks("java").isEmpty())
        .map(p -> dynamicTest(name(p), () -> run(p)));
  }

  private void run(MarkdownPage page) throws IOException {
    try (Shell shell = new Shell(folder)) {
      var left = new StringBuilder();
      for (Block b : page.blocks("java")) {
        try {
          shell.run(b.given());
          if (!b.code().contains("DataDir.")) {
            String printed = shell.run(b.code());
            String shown = page.printed(b);
            if (!shown.isEmpty()) {
              assertEquals(shown.stripTrailing(), printed.stripTrailing());
            }
          } else if (System.getenv(DataDir.VARIABLE) == null) {
            shell.compile(b.code());
            left.append("the snippet at line %d was compiled and not run; ".formatted(b.line()));
          } else {
            shell.run(FEW_ROWS);
            shell.run(b.code());
          }
        } catch (AssertionError e) {
          throw new AssertionError("%s:%d: %s".formatted(page.file(), b.line(), e.getMessage()), e);
        }
      }
      assumeTrue(left.isEmpty(), left + DataDir.VARIABLE + " names no folder of data sets");
    }
  }

  @TestFactory
  Stream<DynamicTest> commandsAreRead() throws IOException {
    return pages().stream()
        .flatMap(p ->
            p.commands().stream()
                .filter(c -> c.startsWith("bench/") || c.startsWith("./"))
                .distinct()
                .map(c -> dynamicTest(name(p) + ": " + c, () -> read(c))));
  }

  private static void read(String command) {
    List<String> words = words(command);
    Path script = ROOT.resolve(words.getFirst());
    assertTrue(Files.exists(script), script + " is not there");
    if (words.getFirst().equals("bench/vitrine") && words.size() == 2) { // as good as a name
      Set<String> known = Vitrine.commandLine().getSubcommands().keySet();
      assertTrue(words.get(1).startsWith("-") || known.contains(words.get(1)), command);
    } else if (words.getFirst().equals("bench/vitrine")) {
      Vitrine.commandLine().parseArgs(words.stream().skip(1).toArray(String[]::new));
    }
  }

  /** As a shell splits them; what is in brackets is there, and … is more of the same. */
  private static List<String> words(String command) {
    String[] parts = command.split("\"", -1);
    var words = new ArrayList<String>();
    for (int i = 0; i < parts.length; i++) {
      boolean quoted = i % 2 == 1;
      words.addAll(
          quoted
              ? List.of(parts[i])
              : List.of(parts[i].replaceAll("[\\[\\]…]", " ").strip().split("\\s+")));
    }
    words.removeIf(String::isEmpty);
    return words;
  }

  @TestFactory
  Stream<DynamicTest> linksLeadSomewhere() throws IOException {
    return pages().stream()
        .map(p -> dynamicTest(name(p), () -> p.links().forEach(l -> follow(p, l))));
  }

  private static void follow(MarkdownPage page, String link) {
    String[] parts = link.split("#", 2);
    Path to = page.file().resolveSibling(parts[0]);
    if (parts[0].isEmpty()) {
      to = page.file();
    }
    assertTrue(Files.exists(to), page.file() + " links to " + link + ", which is not there");
    if (parts.length > 1) {
      Path target = Files.isDirectory(to) ? to.resolve("README.md") : to;
      var anchors = page(target).anchors();
      assertTrue(anchors.contains(parts[1]), link + ": the page has " + anchors);
    }
  }

  @Test
  void everyCommandStandsOnTheFirstPage() throws IOException {
    String text = Files.readString(ROOT.resolve("README.md"));
    for (String command : Vitrine.commandLine().getSubcommands().keySet()) {
      assertTrue(text.contains("bench/vitrine " + command), command);
    }
  }

  /** A check that cannot fail is none. */
  @Test
  void aWrongAnswerIsFound() throws IOException {
    try (Shell shell = new Shell(folder)) {
      shell.run("int two = 1 + 1;   // ==> 2\n");
      assertEquals(1, shell.checked());
      for (String wrong :
          List.of(
              "two;   // ==> 3\n",
              "\n// ==> 2\n",
              "if (two == 2) {\n  two++;   // ==> 2\n}\n",
              "nothing();\n",
              "two = 1 / 0;\n")) {
        boolean refused = false;
        try {
          shell.run(wrong);
        } catch (AssertionError e) {
          refused = true;
        }
        assertTrue(refused, wrong);
      }
      assertFalse(shell.run("System.out.print(two);").isEmpty());
    }
  }
}
