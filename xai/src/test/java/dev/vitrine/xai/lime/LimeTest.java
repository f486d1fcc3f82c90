package dev.vitrine.xai.lime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Functions;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.linear.Regression;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Replacement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimeTest {
  /** y = 5 + z·(1, −2, 3) on all 8 masks, the full one first. */
  private static Surrogate all(Regression by, boolean weighted) {
    Lime.Masks masks =
        (number, features) -> {
          var sets = new Coalitions(3);
          for (int mask = 7; mask >= 0; mask--) {
            int s = sets.add();
            for (int i = 0; i < 3; i++) {
              if ((mask >>> i & 1) != 0) {
                sets.put(s, i);
              }
            }
          }
          return sets;
        };
    Lime lime =
        Lime.image(Features.each(), 0)
            .replacement(Replacement.zero())
            .masks(masks)
            .regression(by)
            .kernel(Distance.MASK_COSINE, Kernel.lime(weighted ? 0.25 : 1e9));
    try (Subject s = Functions.subject(x -> 5 + x[0] - 2 * x[1] + 3 * x[2]);
        Question q = Question.of(s, Nets.row(1, 1, 1), 0, Target.of(0))) {
      return lime.fits(q).getFirst();
    }
  }

  @Test
  void leastSquaresFindsALinearFunction() {
    Surrogate fit = all(new Regression.Ridge(0), false);
    assertArrayEquals(new double[] {1, -2, 3}, fit.model().coefficients(), 1e-12);
    assertEquals(5, fit.model().intercept(), 1e-12);
    assertEquals(1, fit.r2(), 1e-12);
    assertEquals(7, fit.prediction(), 1e-12);
    assertEquals(8, fit.effectiveSamples(), 1e-9);
  }

  @Test
  void ridgeShrinks() {
    Surrogate fit = all(new Regression.Ridge(1), false);
    assertArrayEquals(new double[] {2 / 3.0, -4 / 3.0, 2}, fit.model().coefficients(), 1e-12);
    assertEquals(16 / 3.0, fit.model().intercept(), 1e-12);
  }

  /** As lime itself returns, six digits of it. */
  @Test
  void theImageKernelWeighsTheNeighbours() {
    Surrogate fit = all(new Regression.Ridge(1), true);
    double[] wanted = {.408109, -1.094422, 1.409796};
    assertArrayEquals(wanted, fit.model().coefficients(), 5e-7);
    assertEquals(5.880796, fit.model().intercept(), 5e-7);
    // weights 1, 3 × .764, 3 × .239 and .000: (Σ w)²/Σ w² = 4.01²/2.92
    assertEquals(5.5, fit.effectiveSamples(), 0.05);
  }

  @Test
  void kernelByShareOfKnownFeatures() {
    double[] wanted = {.0237457, .5034396, .9791531};
    int[] kept = {1, 5, 9};
    for (int i = 0; i < 3; i++) {
      double d = 1 - Math.sqrt(kept[i] / 10.0);
      assertEquals(wanted[i], Kernel.lime(0.25).of(d), 5e-8);
    }
  }

  @Test
  void bothWaysToWriteAKernelAgree() {
    var captum = new Kernel(Kernel.Form.CAPTUM, 0.7);
    assertEquals(captum.of(0.4), Kernel.lime(0.7).of(0.4), 1e-15);
  }

  @Test
  void selectionsFindTheTwoFeaturesThatCount() {
    for (Selection by : Selection.values()) {
      if (by == Selection.NONE) {
        continue;
      }
      Lime lime = Lime.image(Features.each(), 3).replacement(Replacement.zero()).select(by, 2);
      try (Subject s = Functions.subject(x -> 4 * x[2] - 3 * x[5] + 0.01 * x[0]);
          Question q = Question.of(s, Nets.row(1, 1, 1, 1, 1, 1, 1), 0, Target.of(0))) {
        Surrogate fit = lime.fits(q).getFirst();
        assertArrayEquals(new int[] {2, 5}, fit.selected(), by.name());
        assertEquals(0, fit.model().coefficients()[0]);
      }
    }
  }

  @Test
  void attributionsTellHowFarToTrustThem() {
    Tensor labels = Tensor.of(Shape.of(6), new int[] {0, 0, 1, 1, 2, 2});
    Lime lime = Lime.image(Features.labelled(labels), 1).replacement(Replacement.zero());
    try (Subject s = Functions.subject(x -> x[0] * x[2] * x[4] > 0 ? 1 : 0)) {
      Attribution a = lime.explain(s, Nets.row(1, 1, 1, 1, 1, 1), Target.of(0));
      assertEquals(3, Objects.requireNonNull(a.figures().get("features"))[0]);
      float r2 = Objects.requireNonNull(a.figures().get("r2"))[0];
      assertTrue(r2 > 0.2 && r2 < 0.9, "an AND is not linear: " + r2);
      assertTrue(Objects.requireNonNull(a.figures().get("effective samples"))[0] < 1000);
      assertEquals(a.values().at(0), a.values().at(1));
    }
  }

  @Test
  void oneSegmentIsRefused() {
    Tensor one = Tensor.of(Shape.of(2), new int[] {0, 0});
    Lime lime = Lime.image(Features.labelled(one), 1);
    try (Subject s = Functions.subject(x -> x[0])) {
      var e =
          assertThrows(
              IllegalArgumentException.class, () -> lime.explain(s, Nets.row(1, 2), Target.of(0)));
      assertTrue(e.getMessage().contains("segment it more finely"), e.getMessage());
    }
  }

  /** A rule over one column of a table with a category, whatever the sampler. */
  @Test
  void tablesAreExplainedByTheColumnThatDecides() {
    Tensor table = Nets.normal(5, 300, 4);
    for (int r = 0; r < 300; r++) {
      table.put(4L * r + 3, r % 3);
    }
    Tensor row = Nets.row(0.1f, 1.5f, -0.3f, 2);
    var bins = LimeTabular.of(table, Set.of(3), 9).samples(2000);
    for (LimeTabular lime : List.of(bins, bins.aroundMean(), bins.aroundRow())) {
      try (Subject s = Functions.subject(x -> x[1] > 0.7 ? 1 : 0)) {
        float[] a = lime.explain(s, row, Target.of(0)).values().toFloats();
        for (int j : new int[] {0, 2, 3}) {
          assertTrue(Math.abs(a[j]) < 0.25 * a[1], lime.settings() + " column " + j);
        }
      }
      try (Subject s = Functions.subject(x -> x[3] == 2 ? 3 : 0)) {
        float[] a = lime.explain(s, row, Target.of(0)).values().toFloats();
        // the weights of a ridge with α = 1 among 2000 samples shrink little
        assertEquals(3, a[3], 0.1, lime.settings().toString());
      }
    }
  }

  @Test
  void samplesInBinsStayInside() {
    var table = TrainingTable.of(Nets.normal(2, 500, 1), Set.of());
    var column = (TrainingTable.Column.Numeric) table.column(0);
    int[] counts = new int[4];
    for (int k = 1; k <= 4000; k++) {
      double v = TabularSampler.BINS.value(table, 0, 0, new TabularSampler.Draw(77, k, 0));
      assertTrue(v >= column.bins()[0].low() && v <= column.bins()[3].high());
      counts[column.bin(v)]++;
    }
    for (int c : counts) {
      // a quarter of 4000 draws: deviation √(4000·3/16)
      assertEquals(1000, c, 4 * Math.sqrt(750));
    }
  }

  @Test
  void textsAreExplainedByTheirWords() {
    var words = Words.of("This film is not bad, not bad at all");
    assertEquals(9, words.words().size());
    try (Subject s =
        words.subject(
            texts -> {
              Tensor y = new Memory("scores").floats(Shape.of(texts.size(), 1));
              for (int i = 0; i < texts.size(); i++) {
                boolean good = texts.get(i).contains("not") || !texts.get(i).contains("bad");
                y.put(i, good ? 1 : 0);
              }
              return y;
            },
            "sentiment")) {
      Attribution a = words.lime(1).explain(s, words.present(), Target.of(0));
      float[] v = a.values().toFloats();
      int not = words.words().indexOf("not");
      int bad = words.words().indexOf("bad");
      assertTrue(v[not] > 0.2 && v[bad] < -0.2, "not " + v[not] + ", bad " + v[bad]);
      assertEquals(v[not], v[words.words().lastIndexOf("not")]);
      for (String w : List.of("This", "film", "is", "at", "all")) {
        assertEquals(0, v[words.words().indexOf(w)], 0.05, w);
      }
    }
    Tensor hidden = words.present();
    hidden.put(3, 0);
    assertEquals(List.of("This film is  bad, not bad at all"), words.texts(hidden));
  }

  /** Row 2 covers both important columns; then row 0 adds the third. */
  @Test
  void submodularPickCoversWhatMatters() {
    Tensor a = Tensor.of(Shape.of(4, 3), 0, 0, 1, 3, 0, 0, 4, 5, 0, 0, 6, 0);
    assertArrayEquals(new int[] {2, 0, 1}, SubmodularPick.of(a, 3));
    assertThrows(IllegalArgumentException.class, () -> SubmodularPick.of(a, 5));
  }
}
