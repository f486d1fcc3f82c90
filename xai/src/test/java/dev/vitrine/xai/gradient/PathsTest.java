package dev.vitrine.xai.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Blur;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Integrals along paths that are not straight, or not cut into a given number of points. */
class PathsTest {
  private static final int ROWS = 6;
  private static final Tensor X = Nets.normal(81, ROWS, 8, 8, 1);
  private static final Target TARGET = Target.of(0, 1, 2, 0, 1, 2);

  private static double size(Tensor v) {
    double sum = 0;
    for (float a : v.toFloats()) {
      sum += Math.abs(a);
    }
    return sum;
  }

  /** Largest |Σ a − (f(x) − f(end))| beside Σ |a|; the attribution must say the same. */
  private static double worstGap(Subject s, Explainer e, Tensor end) {
    Attribution a = e.explain(s, X, TARGET);
    float[] there = s.outputs(end).toFloats();
    double worst = 0;
    for (int r = 0; r < ROWS; r++) {
      double difference = (double) a.outputs()[r] - there[3 * r + a.classes()[r]];
      double gap = Attribution.sum(a.row(r)) - difference;
      assertEquals(gap, Objects.requireNonNull(a.convergence()).gap()[r], 1e-6);
      worst = Math.max(worst, Math.abs(gap) / size(a.row(r)));
    }
    return worst;
  }

  @Test
  void guidedPathsAreComplete() {
    Tensor zeros = Tensor.of(X.shape(), new float[(int) X.size()]);
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      // a left sum: its error is the gradient's change while a feature moves, which may go on for
      // twice the distance that it may be away from the straight path
      double wide = worstGap(s, new GuidedIntegratedGradients(), zeros);
      var narrow = new GuidedIntegratedGradients(Baseline.zero(), 800, 0.25, 0.002);
      double fine = worstGap(s, narrow, zeros);
      assertTrue(wide < 0.05, "gap " + wide);
      assertTrue(fine < 0.01, "gap " + fine + " after " + wide);
    }
  }

  /** At a gradient that never changes all paths are one. */
  @Test
  void aGuidedPathThroughALinearFunctionIsExact() {
    Network f = x -> x.linear(Nets.matrix(x, 4, 1, 1, -2, 3, 0.5f), null);
    try (Subject s = Nets.subject(f)) {
      var guided = new GuidedIntegratedGradients().baseline(Baseline.constant(1)).steps(7);
      float[] a = guided.explain(s, Nets.row(3, -1, 1, 9), Target.of(0)).values().toFloats();
      assertArrayEquals(new float[] {2, 4, 0, 4}, a, 1e-6f);
    }
  }

  /** With all features free to move the path is straight, and the sum is the left one. */
  @Test
  void aGuidedPathWithoutChoiceIsStraight() {
    Network f = x -> x.mul(x).mul(x).sumLast();
    Tensor x = Nets.row(2, 2, 2);
    try (Subject s = Nets.subject(f)) {
      var guided = new GuidedIntegratedGradients(Baseline.zero(), 50, 1, 0);
      var left = new IntegratedGradients().rule(Quadrature.RIEMANN_LEFT).steps(50);
      float[] wanted = left.explain(s, x, Target.of(0)).values().toFloats();
      // points in double and in float
      assertArrayEquals(wanted, guided.explain(s, x, Target.of(0)).values().toFloats(), 2e-5f);
    }
  }

  @Test
  void blurPathsAreComplete() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR);
        Memory memory = new Memory("test")) {
      Tensor blurred = Blur.ZEROS.of(X, 3, memory);
      double coarse = worstGap(s, new BlurIntegratedGradients(3, 10), blurred);
      double fine = worstGap(s, new BlurIntegratedGradients(3, 300), blurred);
      // a left sum with a forward difference of 1/100 pixel
      assertTrue(fine < 0.05, "gap " + fine);
      assertTrue(fine < coarse, fine + " after " + coarse);
    }
  }

  /** f = Σ w·x: the path only matters by its ends, a = w·(x − blurred). */
  @Test
  void aBlurPathThroughALinearFunctionIsTheDifference() {
    Tensor w = Nets.normal(5, 64, 1);
    Network f = x -> x.flatten().linear(x.tape().constant("w", w), null);
    try (Subject s = Nets.subject(f);
        Memory memory = new Memory("test")) {
      Tensor x = X.rows(0, 1);
      Tensor blurred = Blur.ZEROS.of(x, 2, memory);
      float[] a =
          new BlurIntegratedGradients(2, 2000).explain(s, x, Target.of(0)).values().toFloats();
      for (int i = 0; i < 64; i++) {
        // steps of 1/1000 pixel and quotients over 1/100, on a path that bends within a pixel
        assertEquals((x.at(i) - blurred.at(i)) * w.at(i), a[i], 0.03 * Math.abs(w.at(i)) + 1e-3);
      }
    }
  }

  /** The estimate is Σ |a − a before|, after as many points as the tolerance needed. */
  @Test
  void theEstimatedErrorBoundsTheTrueOne() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Attribution limit = new IntegratedGradients().steps(4096).explain(s, X, TARGET);
      Attribution a = new IntegratedGradients().tolerance(5e-3).explain(s, X, TARGET);
      var c = Objects.requireNonNull(a.convergence());
      float[] estimates = Objects.requireNonNull(c.error());
      int bounded = 0;
      for (int r = 0; r < ROWS; r++) {
        double truth = 0;
        for (int i = 0; i < 64; i++) {
          truth += Math.abs((double) a.row(r).at(i) - limit.row(r).at(i));
        }
        bounded += truth <= estimates[r] ? 1 : 0;
        assertTrue(estimates[r] < 0.5 * size(a.row(r)), "it is an estimate, not an excuse");
      }
      // kinks: the last doubling may by chance have changed little
      assertTrue(bounded >= 0.75 * ROWS, bounded + " of " + ROWS);
    }
  }

  @Test
  void impossibleSettingsAreRefused() {
    Baseline zero = Baseline.zero();
    assertThrows(
        IllegalArgumentException.class, () -> new GuidedIntegratedGradients(zero, 0, 0.25, 0.02));
    assertThrows(
        IllegalArgumentException.class, () -> new GuidedIntegratedGradients(zero, 1, 0, 0.02));
    assertThrows(
        IllegalArgumentException.class, () -> new GuidedIntegratedGradients(zero, 1, 0.25, -1));
    assertThrows(IllegalArgumentException.class, () -> new BlurIntegratedGradients(0, 10));
    assertThrows(IllegalArgumentException.class, () -> new BlurIntegratedGradients(1, 0));
  }
}
