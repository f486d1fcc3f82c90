package dev.vitrine.xai.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Attribution.Convergence;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class IntegratedGradientsTest {
  private static final IntegratedGradients IG = new IntegratedGradients();

  private static Attribution explain(IntegratedGradients ig, Model m, Tensor x) {
    try (Subject s = Subject.of(m, Nets.SCALAR)) {
      return ig.explain(s, x, Target.predicted());
    }
  }

  private static Convergence convergence(Attribution a) {
    return Objects.requireNonNull(a.convergence());
  }

  /** f(x) − f(0) of each row, by another way than the explainer's. */
  private static float[] differences(Model m, Attribution a) {
    try (Subject s = Subject.of(m, Nets.SCALAR)) {
      Shape one = a.values().shape().with(0, 1);
      float[] zero = s.outputs(Tensor.of(one, new float[(int) one.size()])).toFloats();
      float[] d = a.outputs().clone();
      for (int r = 0; r < d.length; r++) {
        d[r] -= zero[a.classes()[r]];
      }
      return d;
    }
  }

  private static double sum(Tensor row) {
    double sum = 0;
    for (long i = 0; i < row.size(); i++) {
      sum += row.at(i);
    }
    return sum;
  }

  @Test
  void attributionsAddUpToTheDifference() {
    try (Model m = Nets.smooth()) {
      Attribution a = explain(IG, m, Nets.normal(1, 20, 4));
      float[] d = differences(m, a);
      for (int r = 0; r < 20; r++) {
        // 50 nodes integrate tanh far below 1e-7; what is left is float32 in outputs of size 1
        assertEquals(d[r], sum(a.row(r)), 3e-6);
        assertEquals(sum(a.row(r)) - d[r], convergence(a).gap()[r], 1e-6);
        assertEquals(50, convergence(a).steps()[r]);
        assertTrue(convergence(a).converged()[r], "nothing was asked for");
      }
    }
  }

  @Test
  void theTrapezoidMissesOneNth() {
    try (Model m = Nets.smooth()) {
      Tensor x = Nets.normal(1, 20, 4);
      Attribution a = explain(IG.rule(Quadrature.RIEMANN_TRAPEZOID).steps(200), m, x);
      float[] d = differences(m, a);
      for (int r = 0; r < 20; r++) {
        // true trapezoid weights are 200/199 of Captum's; their own error falls with 1/n²
        assertEquals(d[r], sum(a.row(r)) * 200 / 199, 1e-4);
      }
    }
  }

  @Test
  void aToleranceIsKeptOrItsMissIsSaid() {
    try (Model m = Nets.images()) {
      Tensor x = Nets.normal(3, 12, 8, 8, 1);
      double tolerance = 1e-4;
      Attribution a = explain(IG.tolerance(tolerance), m, x);
      float[] d = differences(m, a);
      int kept = 0;
      for (int r = 0; r < 12; r++) {
        double gap = sum(a.row(r)) - d[r];
        assertEquals(gap, convergence(a).gap()[r], 1e-6);
        boolean small = Math.abs(gap) <= tolerance * Math.max(Math.abs(d[r]), 1) + 1e-6;
        assertTrue(small || !convergence(a).converged()[r], "row " + r + ": gap " + gap);
        int steps = convergence(a).steps()[r];
        assertTrue(steps >= 8 && Integer.bitCount(steps) == 1, steps + " steps");
        kept += convergence(a).converged()[r] ? 1 : 0;
      }
      assertTrue(kept > 0, "no row reached the tolerance");
    }
  }

  @Test
  void whatFloatsCannotReachIsNotCalledConverged() {
    try (Model m = Nets.smooth()) {
      Attribution a = explain(IG.tolerance(1e-30), m, Nets.normal(1, 2, 4));
      boolean missed = false;
      for (int r = 0; r < 2; r++) {
        boolean converged = convergence(a).converged()[r];
        assertEquals(converged, convergence(a).gap()[r] == 0);
        assertTrue(converged || convergence(a).steps()[r] == IntegratedGradients.MOST_STEPS);
        missed |= !converged;
      }
      assertTrue(missed);
      assertTrue(a.summary().contains("missed the tolerance"), a.summary());
    }
  }

  @Test
  void eachRowTakesTheStepsItNeedsAndNoOthers() {
    try (Model m = Nets.images()) {
      Tensor x = Nets.normal(3, 12, 8, 8, 1);
      Attribution all = explain(IG.tolerance(1e-3), m, x);
      for (int r = 0; r < 12; r++) {
        Attribution one = explain(IG.tolerance(1e-3), m, x.rows(r, r + 1));
        assertEquals(convergence(one).steps()[0], convergence(all).steps()[r]);
        assertArrayEquals(one.values().toFloats(), all.row(r).toFloats());
      }
    }
  }

  @Test
  void theMemoryBudgetChangesNoBit() {
    try (Model m = Nets.images()) {
      Tensor x = Nets.normal(4, 7, 8, 8, 1);
      String wanted = explain(IG, m, x).hash();
      for (long budget : new long[] {1, 1 << 10, 50_000, 1 << 20, 64 << 20, Long.MAX_VALUE}) {
        assertEquals(wanted, explain(IG.budget(budget), m, x).hash(), budget + " bytes");
      }
    }
  }

  /** The same formula as an expression on one eager tape: substitute x, append, add up. */
  @Test
  void theExpressionGivesTheSameBits() {
    try (Model m = Nets.images();
        Tape tape = Tape.eager(Nets.SCALAR)) {
      Tensor input = Nets.normal(5, 1, 8, 8, 1);
      Tensor start = Nets.normal(6, 1, 8, 8, 1);
      Attribution wanted = explain(IG.baseline(Baseline.of(start)).steps(20), m, input);

      Var x = tape.input("x", input);
      Var b = tape.input("b", start);
      Var classes = tape.input("classes", Tensor.of(Shape.of(1), wanted.classes()));
      Var slope = tape.gradient(m.record(x, Mode.EVALUATION).pick(classes), x);
      Quadrature.Rule rule = Quadrature.GAUSS_LEGENDRE.rule(20);
      Var sum = x.zeros();
      for (int k = 0; k < 20; k++) {
        Var point = x.sub(b).mul(tape.constant((float) rule.points()[k])).add(b);
        Var there = tape.substitute(Map.of(x, point), slope).of(slope);
        sum = sum.add(there.mul(tape.constant((float) rule.weights()[k])));
      }
      assertArrayEquals(wanted.values().toFloats(), x.sub(b).mul(sum).value().toFloats());
    }
  }

  @Test
  void withoutTheFactorItIsTheAverageGradient() {
    try (Model m = Nets.smooth()) {
      Tensor x = Nets.normal(1, 3, 4);
      Attribution whole = explain(IG.baseline(Baseline.constant(0.5f)), m, x);
      Attribution average = explain(IG.baseline(Baseline.constant(0.5f)).averageGradient(), m, x);
      for (int i = 0; i < 12; i++) {
        assertEquals(whole.values().at(i), (x.at(i) - 0.5f) * average.values().at(i));
      }
      assertArrayEquals(convergence(whole).gap(), convergence(average).gap());
      assertFalse(whole.provenance().equals(average.provenance()));
    }
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> IG.steps(0));
    assertThrows(IllegalArgumentException.class, () -> IG.steps(4097));
    assertThrows(IllegalArgumentException.class, () -> IG.tolerance(-1));
    assertThrows(IllegalArgumentException.class, () -> IG.tolerance(Double.NaN));
    assertThrows(
        IllegalArgumentException.class, () -> IG.steps(1).rule(Quadrature.RIEMANN_TRAPEZOID));
  }
}
