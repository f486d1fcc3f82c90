package dev.vitrine.xai.shapley;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Functions;
import dev.vitrine.xai.Functions.OfRow;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Samples;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Replacement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Games whose Shapley values are known, by each way to compute them. */
class AnalyticShapleyTest {
  /** Values are float32 sums of a few exact numbers. */
  private static final float ROUNDING = 1e-4f;

  private static final Features EACH = Features.each();
  private static final Replacement ZERO = Replacement.zero();

  /** All orders of 3 features and back lie in the samples with weights within 1 %, or are exact. */
  private static List<Explainer> exact(Replacement r) {
    return List.of(new ExactShapley(EACH, r), new KernelShap(EACH, r, 5));
  }

  private static float[] explained(Explainer e, OfRow f, float... x) {
    try (Subject s = Functions.subject(f)) {
      return e.explain(s, Nets.row(x), Target.of(0)).values().toFloats();
    }
  }

  private static void hasValues(OfRow f, float[] x, float... wanted) {
    for (Explainer e : exact(ZERO)) {
      assertArrayEquals(wanted, explained(e, f, x), ROUNDING, e.name());
    }
  }

  @Test
  void linear() {
    hasValues(x -> 2 * x[0] - 3 * x[1] + 0.5 * x[2] + 7, new float[] {1, 2, 4}, 2, -6, 2);
  }

  /** relu(s − 10) + 3·relu(s + 1) − 1, s = Σ x. */
  @Test
  void twoKinks() {
    OfRow f =
        x -> {
          double s = (double) x[0] + x[1] + x[2];
          return Math.max(s - 10, 0) + 3 * Math.max(s + 1, 0) - 1;
        };
    hasValues(f, new float[] {20, 50, 30}, 230 / 3f, 590 / 3f, 350 / 3f);
  }

  @Test
  void interactingFeaturesShare() {
    hasValues(x -> x[0] + x[1] - 2 * x[0] * x[1], new float[] {1, 1}, 0, 0);
    hasValues(x -> x[0] + 2 * x[1] * x[2], new float[] {1, 1, 1}, 1, 1, 1);
    hasValues(x -> Math.min(x[0], x[1]), new float[] {1, 2}, 0.5f, 0.5f);
    float[] wanted = {11 / 6f, 1 / 3f, 5 / 6f};
    hasValues(x -> Math.max(x[0], Math.max(x[1], x[2])), new float[] {3, 1, 2}, wanted);
  }

  @Test
  void backgroundIsAveragedOut() {
    Tensor all = Tensor.of(Shape.of(4, 2), 0, 0, 0, 1, 1, 0, 1, 1);
    for (Explainer e : exact(Replacement.background(all))) {
      OfRow f = x -> 80 * x[0] * x[1] + 10 * x[1];
      assertArrayEquals(new float[] {30, 35}, explained(e, f, 1, 1), ROUNDING, e.name());
      assertArrayEquals(
          new float[] {30, 30}, explained(e, x -> 80 * x[0] * x[1], 1, 1), ROUNDING, e.name());
    }
  }

  /** Two rows of a background are what one row of twice the weight is. */
  @Test
  void weightsCountLikeRepeatedRows() {
    OfRow f = x -> x[0] * x[1] + x[2];
    Tensor twice = Tensor.of(Shape.of(3, 3), 1, 2, 3, -1, 0, 2, -1, 0, 2);
    Tensor once = Tensor.of(Shape.of(2, 3), 1, 2, 3, -1, 0, 2);
    List<Explainer> some = exact(Replacement.background(twice));
    List<Explainer> same = exact(Replacement.background(once, 1, 2));
    for (int i = 0; i < some.size(); i++) {
      float[] a = explained(some.get(i), f, 4, 5, 6);
      assertArrayEquals(a, explained(same.get(i), f, 4, 5, 6), ROUNDING);
    }
  }

  @Test
  void kernelWeights() {
    double[][] wanted = {{1 / 3.0, 1 / 3.0}, {.25, .125, .25}, {.2, 1 / 15.0, 1 / 15.0, .2}};
    for (double[] of : wanted) {
      for (int k = 1; k <= of.length; k++) {
        assertEquals(of[k - 1], KernelCoalitions.weight(of.length + 1, k), 1e-15);
      }
    }
  }

  /** A budget for all coalitions buys each of them once, with the kernel's weights. */
  @Test
  void budgetForAllBuysAll() {
    for (int m = 2; m <= 9; m++) {
      KernelCoalitions all = KernelCoalitions.of(m, 1 << m, 3);
      assertEquals((1 << m) - 2, all.sets().count());
      assertEquals(all.sets().count(), all.enumerated());
      double scale = all.weights()[0] / KernelCoalitions.weight(m, all.sets().size(0));
      for (int s = 0; s < all.sets().count(); s++) {
        double weight = KernelCoalitions.weight(m, all.sets().size(s));
        assertEquals(scale * weight, all.weights()[s], 1e-14, m + " features");
      }
    }
  }

  /** Coalitions are never evaluated twice, and their weights add up to 1. */
  @Test
  void drawnCoalitionsAreDistinct() {
    for (int budget : new int[] {10, 57, 300, 1000}) {
      KernelCoalitions some = KernelCoalitions.of(13, budget, 11);
      Coalitions sets = some.sets();
      assertTrue(sets.count() <= budget, "within the budget");
      assertTrue(sets.count() >= budget - 1, "and it is spent");
      double sum = 0;
      for (int s = 0; s < sets.count(); s++) {
        sum += some.weights()[s];
        for (int t = 0; t < s; t++) {
          assertTrue(!sets.same(s, t));
        }
      }
      assertEquals(1, sum, 1e-12);
    }
  }

  /** The default of others keeps ten features; ours keeps all, and says what it drops if asked. */
  @Test
  void nothingIsDroppedUnlessAsked() {
    float[] ones = new float[20];
    Arrays.fill(ones, 1);
    OfRow sum =
        x -> {
          double s = 0;
          for (float v : x) {
            s += v;
          }
          return s;
        };
    var all = new KernelShap(EACH, ZERO, 2);
    assertArrayEquals(ones, explained(all, sum, ones), ROUNDING);
    OfRow two = x -> 5 * x[3] - 2 * x[11];
    float[] wanted = new float[20];
    wanted[3] = 5;
    wanted[11] = -2;
    try (Subject s = Functions.subject(two)) {
      Attribution a = all.atMost(2).explain(s, Nets.row(ones), Target.of(0));
      assertArrayEquals(wanted, a.values().toFloats(), ROUNDING);
      assertEquals(18, Objects.requireNonNull(a.figures().get("dropped"))[0]);
    }
  }

  /** Samples lie within four of their own standard errors, and add up exactly. */
  @Test
  void samplesKnowTheirError() {
    OfRow f = x -> x[0] * x[1] * x[2] + Math.max(x[3], x[4]) * x[0] + x[5] * x[5];
    float[] x = {1.5f, -2, 3, 1, 2, -1};
    float[] exact = explained(new ExactShapley(EACH, ZERO), f, x);
    List<Explainer> sampled =
        List.of(
            new ShapleySampling(EACH, ZERO, 4).samples(400),
            new KernelShap(EACH, ZERO, 4).samples(40).withErrors());
    try (Subject s = Functions.subject(f)) {
      for (Explainer e : sampled) {
        Attribution a = e.explain(s, Nets.row(x), Target.of(0));
        float[] error = Objects.requireNonNull(a.standardError()).toFloats();
        for (int i = 0; i < x.length; i++) {
          double bound = 4 * error[i] + ROUNDING;
          assertEquals(exact[i], a.values().at(i), bound, e.name() + " of feature " + i);
        }
        assertEquals(0, Objects.requireNonNull(a.convergence()).gap()[0], ROUNDING);
      }
    }
  }

  /**
   * Over many seeds the standard error is about the deviation of the estimates: within chance, 10 %
   * for 200 seeds, four deviations of it.
   */
  @Test
  void standardErrorsAreRight() {
    OfRow f = x -> x[0] * x[1] * x[2] * x[8] + x[3] * x[4] * x[5] - x[2] * x[6] * x[7] + x[0];
    float[] x = {1, 2, -1, 1.5f, 0.5f, 2, -2, 1, 0.7f};
    int seeds = 200;
    float[] exact = explained(new ExactShapley(EACH, ZERO), f, x);
    for (boolean kernel : new boolean[] {false, true}) {
      double squares = 0;
      double claimed = 0;
      try (Subject s = Functions.subject(f)) {
        for (int seed = 0; seed < seeds; seed++) {
          Explainer e =
              kernel
                  ? new KernelShap(EACH, ZERO, seed).samples(90).withErrors()
                  : new ShapleySampling(EACH, ZERO, seed).samples(12);
          Attribution a = e.explain(s, Nets.row(x), Target.of(0));
          double error = Objects.requireNonNull(a.standardError()).at(2);
          squares += (a.values().at(2) - exact[2]) * (a.values().at(2) - exact[2]);
          claimed += error * error;
        }
      }
      assertEquals(1, claimed / squares, 0.4, kernel ? "KernelSHAP" : "sampling");
    }
  }

  @Test
  void toleranceIsReachedRowByRow() {
    OfRow f = x -> x[0] + (x[1] > 0 ? 5 * x[1] * x[2] * x[3] : 0);
    Tensor rows = Tensor.of(Shape.of(2, 4), 1, -1, 2, 3, 1, 1, 2, 3);
    List<Explainer> some =
        List.of(
            new ShapleySampling(EACH, Replacement.zero(), 1).samples(4).tolerance(0.02),
            new KernelShap(EACH, Replacement.zero(), 1).samples(8).tolerance(0.02));
    for (Explainer e : some) {
      try (Subject s = Functions.subject(f)) {
        var c = Objects.requireNonNull(e.explain(s, rows, Target.of(0)).convergence());
        assertTrue(c.converged()[0] && c.converged()[1], e.name());
        assertTrue(c.steps()[0] < c.steps()[1] || e instanceof KernelShap, "easy rows stop first");
      }
    }
  }

  /** x₀·x₁ + x₂: only the pair interacts, by its product. */
  @Test
  void interactionsFindThePair() {
    try (Subject s = Functions.subject(x -> x[0] * x[1] + x[2]);
        Question q = Question.of(s, Nets.row(2, 3, 5), 0, Target.of(0))) {
      double[][] all = new ExactShapley(EACH, ZERO).interactions(q)[0];
      assertEquals(6, all[0][1], ROUNDING);
      assertEquals(6, all[1][0], ROUNDING);
      assertEquals(0, all[0][2], ROUNDING);
      assertEquals(0, all[1][2], ROUNDING);
      assertEquals(3, all[0][0], ROUNDING);
      assertEquals(5, all[2][2], ROUNDING);
    }
  }

  /** 2^4 coalitions of 3 rows, of which two are equal and one agrees with x in two features. */
  @Test
  void equalCopiesAreComputedOnce() {
    Tensor background = Tensor.of(Shape.of(3, 4), 0, 0, 0, 0, 0, 0, 0, 0, 9, 9, 3, 4);
    var rows = new AtomicLong();
    OfRow f = x -> x[0] + 2 * x[1] * x[2] - x[3] * x[0];
    float[] wanted =
        explained(
            new ShapleySampling(EACH, Replacement.background(background), 0).samples(Samples.MOST),
            f,
            1,
            2,
            3,
            4);
    try (Subject s = Subject.of(Functions.counting(f, rows), "counted")) {
      var exact = new ExactShapley(EACH, Replacement.background(background));
      Attribution a = exact.explain(s, Nets.row(1, 2, 3, 4), Target.of(0));
      // 16 copies of the zeros; 4 of the last row, of which the one with all known is there already
      int batch = 32;
      int width = 1;
      assertTrue(rows.get() <= batch + width, rows + " rows for 19 different ones");
      // every order lies in the samples thousands of times
      assertArrayEquals(wanted, a.values().toFloats(), 0.1f);
    }
  }

  @Test
  void tooManyFeaturesAreRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> explained(new ExactShapley(EACH, ZERO), x -> x[0], new float[30]));
    assertTrue(e.getMessage().contains("KernelShap"), e.getMessage());
  }

  /** 12 coalitions of 30 features: what they leave open is shared evenly, and that is said. */
  @Test
  void tooFewCoalitionsLeaveEqualShares() {
    float[] ones = new float[30];
    Arrays.fill(ones, 1);
    var few = new KernelShap(EACH, ZERO, 0).samples(12);
    OfRow sum =
        x -> {
          double s = 0;
          for (float v : x) {
            s += v;
          }
          return s;
        };
    try (Subject s = Functions.subject(sum)) {
      Attribution a = few.explain(s, Nets.row(ones), Target.of(0));
      assertArrayEquals(ones, a.values().toFloats(), ROUNDING);
      assertEquals(0, Objects.requireNonNull(a.figures().get("determined"))[0]);
      assertEquals(0, Objects.requireNonNull(a.convergence()).gap()[0], ROUNDING);
    }
    try (Subject s = Functions.subject(x -> 3 * x[4]);
        Question q = Question.of(s, Nets.row(ones), 0, Target.of(0))) {
      ShapleyFit fit = few.fits(q).getFirst();
      assertFalse(fit.determined());
      assertEquals(3, ExactShapley.sum(fit.phi()), ROUNDING);
      for (double phi : fit.phi()) {
        assertTrue(phi <= fit.phi()[4], "the feature that counts has the most");
      }
    }
  }

  @Test
  void logitsAddUpWhereProbabilitiesDoNot() {
    OfRow f = x -> 1 / (1 + Math.exp(-(x[0] - 2 * x[1])));
    try (Subject s = Functions.subject(f)) {
      var kernel = new KernelShap(EACH, ZERO, 0).link(Link.LOGIT);
      float[] phi = kernel.explain(s, Nets.row(1, 1), Target.of(0)).values().toFloats();
      assertArrayEquals(new float[] {1, -2}, phi, 1e-5f);
    }
  }
}
