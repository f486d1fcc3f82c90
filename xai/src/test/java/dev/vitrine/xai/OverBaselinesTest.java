package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.rule.DeepLift;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** DeepSHAP, and the mean over baselines of anything else that starts from one. */
class OverBaselinesTest {
  private static final int BASELINES = 7;
  private static final Tensor X = Nets.normal(71, 3, 8, 8, 1);
  private static final Tensor DATA = Nets.normal(72, BASELINES, 8, 8, 1);
  private static final Target TARGET = Target.of(0, 2, 1);

  @Test
  void itIsTheMeanOfSingleAnswers() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (FromBaseline method : List.of(new DeepLift(), new IntegratedGradients().steps(5))) {
        Attribution all = OverBaselines.each(method, DATA).explain(s, X, TARGET);
        float[] mean = new float[(int) X.size()];
        for (int b = 0; b < BASELINES; b++) {
          Baseline one = Baseline.of(DATA.rows(b, b + 1));
          float[] a = method.baseline(one).explain(s, X, TARGET).values().toFloats();
          for (int i = 0; i < mean.length; i++) {
            mean[i] += a[i];
          }
        }
        for (int i = 0; i < mean.length; i++) {
          mean[i] /= BASELINES;
        }
        assertArrayEquals(mean, all.values().toFloats(), method.toString());
        assertNull(all.standardError(), "all of them were asked, none drawn");
      }
    }
  }

  /** shap's promise: Σ a = f(x) − E f(b). */
  @Test
  void deepShapIsComplete() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Attribution a = OverBaselines.each(new DeepLift(), DATA).explain(s, X, TARGET);
      float[] y = s.outputs(DATA).toFloats();
      for (int r = 0; r < 3; r++) {
        double expected = 0;
        for (int b = 0; b < BASELINES; b++) {
          expected += y[3 * b + a.classes()[r]] / BASELINES;
        }
        // shap allows 10⁻²; this is a few dozen roundings of numbers of size 1
        assertEquals(a.outputs()[r] - expected, Attribution.sum(a.row(r)), 5e-6);
        var c = Objects.requireNonNull(a.convergence());
        assertEquals(0, c.gap()[r], 5e-6);
        assertEquals(BASELINES, c.steps()[r]);
      }
    }
  }

  @Test
  void drawnBaselinesHaveAnErrorThatAToleranceStops() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Baseline drawn = Baseline.drawn(DATA, 3);
      Attribution limit = OverBaselines.each(new DeepLift(), DATA).explain(s, X, TARGET);
      Attribution a =
          new OverBaselines(new DeepLift(), drawn, new Samples(8, 0.1)).explain(s, X, TARGET);
      assertNotNull(a.standardError());
      var c = Objects.requireNonNull(a.convergence());
      for (int r = 0; r < 3; r++) {
        assertTrue(c.converged()[r] && Integer.bitCount(c.steps()[r]) == 1, c.steps()[r] + "");
        double distance = 0;
        double size = 0;
        for (int i = 0; i < 64; i++) {
          distance += Math.pow(a.row(r).at(i) - limit.row(r).at(i), 2);
          size += Math.pow(limit.row(r).at(i), 2);
        }
        // three times the standard error that was asked for
        assertTrue(Math.sqrt(distance / size) < 0.3, "row " + r);
      }
    }
  }
}
