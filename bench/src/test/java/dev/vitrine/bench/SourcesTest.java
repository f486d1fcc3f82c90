package dev.vitrine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the numerical contract and the house style forbid in all sources. */
class SourcesTest {
  /** May differ between JVMs by an ulp; StrictMath does not. */
  private static final Pattern LOOSE_MATH =
      Pattern.compile(
          "\\bMath\\.(exp|expm1|log|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh"
              + "|cbrt|hypot|sumprod)\\(");

  /** Vectors outlive registers in arrays and fields: C2 boxes them. Species are static final. */
  private static final Pattern BOXED_VECTORS =
      Pattern.compile("FloatVector\\[\\]|VectorSpecies<\\w+> \\w+[,)]|private FloatVector");

  @Test
  void hostArithmeticIsTheSameOnEveryMachine() throws IOException {
    assertEquals(List.of(), lines(LOOSE_MATH));
  }

  @Test
  void vectorsStayInRegisters() throws IOException {
    assertEquals(List.of(), lines(BOXED_VECTORS));
  }

  @Test
  void nothingIsLeftUnfinished() throws IOException {
    assertEquals(List.of(), lines(Pattern.compile("\\b(TODO|FIXME|XXX)\\b")));
  }

  private static List<String> lines(Pattern forbidden) throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    var found = new ArrayList<String>();
    int files = 0;
    for (String module : List.of("tensor", "autodiff", "nn", "xai", "native", "bench")) {
      Path sources = root.resolve(module).resolve("src/main/java");
      if (!Files.isDirectory(sources)) {
        continue;
      }
      try (var tree = Files.walk(sources)) {
        for (Path file : tree.filter(f -> f.toString().endsWith(".java")).toList()) {
          files++;
          for (String line : Files.readAllLines(file)) {
            if (forbidden.matcher(line).find()) {
              found.add(file.getFileName() + ": " + line.strip());
            }
          }
        }
      }
    }
    assertTrue(files > 100, "only " + files + " sources were found below " + root);
    return found;
  }
}
