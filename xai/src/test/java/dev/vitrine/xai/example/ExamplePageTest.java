package dev.vitrine.xai.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExamplePageTest {
  /** Rows of which column 1 holds categories −1, 0 and 1. */
  private static Tensor rows(long seed, int n) {
    Tensor x = Nets.normal(seed, n, 4);
    for (int r = 0; r < n; r++) {
      x.put(4L * r + 1, r % 3 - 1);
      x.put(4L * r, Math.clamp(x.at(4L * r), -2, 2));
    }
    return x;
  }

  @Test
  void theSnippetOfThePageRuns() {
    Tensor training = rows(51, 120);
    Tensor rows = rows(52, 2);
    Model model = Nets.smooth();
    try (Subject s = Subject.of(model, Device.standard());
        Question q = Question.of(s, rows, 0, Target.predicted())) {
      Anchor because = Anchors.table(training, Set.of(1), 7).find(q).getFirst();
      Change otherwise =
          Counterfactual.of(training).between(0, -2, 2).fixed(1).find(s, rows).getFirst();
      assertEquals(because.label(), otherwise.before());
      assertTrue(otherwise.found() && !otherwise.columns().contains(1), otherwise.toString());
    }
    model.close();
  }

  @Test
  void thePageOfTheModuleShowsThisVeryCode() throws IOException {
    String page = Files.readString(Path.of("README.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/vitrine/xai/example/ExamplePageTest.java"));
    int from = page.indexOf("try (Subject s", page.indexOf("## By rules and by examples"));
    String shown = page.substring(from, page.indexOf("```", from));
    assertTrue(plain(source).contains(plain(shown).trim()), shown);
  }

  private static String plain(String code) {
    return code.replaceAll("\\s+", " ");
  }
}
