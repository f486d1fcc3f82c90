package dev.vitrine.xai.global;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SurrogateTest {
  private static final Target FIRST = Target.of(0);

  @Test
  void aLinearFunctionIsFound() {
    Subject s = Rules.of("line", 1, (x, y) -> y[0] = 3 * x[0] - 2 * x[1] + 7);
    Tensor x = Nets.normal(1, 60, 3);
    LinearSurrogate l = LinearSurrogate.fit(s, x, FIRST, 0);
    // outputs are rounded to float32: 1e-6
    assertArrayEquals(new double[] {3, -2, 0}, l.weights(), 1e-6);
    assertEquals(7, l.intercept(), 1e-6);
    assertEquals(1, l.fidelity(), 1e-12);
    assertEquals(1, l.fidelity(s, Nets.normal(2, 20, 3), FIRST), 1e-12);
  }

  /** One centred feature: w = Σzy/(Σz² + penalty). */
  @Test
  void aPenaltyShrinksWeightsButNotTheIntercept() {
    Subject s = Rules.of("line", 1, (x, y) -> y[0] = 6 * x[0] + 1);
    Tensor x = Tensor.of(Shape.of(2, 1), 4, 6);
    LinearSurrogate l = LinearSurrogate.fit(s, x, FIRST, 1);
    assertEquals(6 * 2 / (2 + 1.0), l.weights()[0], 1e-14);
    assertEquals(31 - 4 * 5, l.intercept(), 1e-13);
    assertEquals(1, l.deviations()[0]);
    // residuals ±2 of ±6
    assertEquals(1 - 4 / 36.0, l.fidelity(), 1e-14);
  }

  @Test
  void fewerRowsThanFeaturesNeedAPenalty() {
    Subject s = Rules.of("sum", 1, (x, y) -> y[0] = x[0]);
    Tensor x = Nets.normal(1, 3, 5);
    var e = assertThrows(IllegalArgumentException.class, () -> LinearSurrogate.fit(s, x, FIRST, 0));
    assertTrue(e.getMessage().contains("penalty above 0"), e.getMessage());
    assertEquals(1, LinearSurrogate.fit(s, x, FIRST, 1e-6).fidelity(), 1e-5);
  }

  /** b > 0 → 2; else a > 0.5 → 1; else 0. */
  private static float rule(float[] x) {
    return x[1] > 0 ? 2 : x[0] > 0.5f ? 1 : 0;
  }

  @Test
  void aTreeFitsARuleExactly() {
    Subject s =
        Rules.of(
            "rule",
            3,
            (x, y) -> {
              y[0] = 0;
              y[1] = 0;
              y[2] = 0;
              y[(int) rule(x)] = 1;
            });
    Tensor x = Nets.normal(3, 300, 4);
    TreeSurrogate t = TreeSurrogate.ofClass(s, x, 3, 1);
    assertEquals(1, t.fidelity());
    assertEquals(2, t.tree().depth());
    assertEquals(3, t.tree().leaves());
    // its thresholds lie half-way between two rows
    assertTrue(t.agreement(s, Nets.normal(4, 300, 4)) > 0.97);
    String text = t.tree().text(List.of(new Feature(0, "a"), new Feature(1, "b")));
    assertTrue(text.contains("a <=") && text.contains("b >"), text);
    double[] importance = t.tree().importance(4);
    assertEquals(0, importance[2] + importance[3]);
    assertEquals(1, importance[0] + importance[1], 1e-15);
  }

  /** Eight rows by hand: 0 0 0 4 | 8 8 8 8. */
  @Test
  void aTreeOfNumbersSplitsWhereVarianceFallsMost() {
    Subject s = Rules.of("steps", 1, (x, y) -> y[0] = x[0] > 3 ? 8 : x[0] > 2 ? 4 : 0);
    Tensor x = Tensor.of(Shape.of(8, 1), 7, 6, 5, 4, 3, 2, 1, 0);
    TreeSurrogate one = TreeSurrogate.ofNumber(s, x, FIRST, 1, 1);
    var split = (Tree.Split) one.tree();
    assertEquals(3.5, split.threshold());
    assertArrayEquals(new double[] {1}, split.below().value());
    assertArrayEquals(new double[] {8}, split.above().value());
    assertEquals(3, split.below().impurity(), "(3·1 + 9)/4");
    // Σ(t − 4.5)² = 3·20.25 + .25 + 4·12.25 = 110; left over 12
    assertEquals(1 - 12 / 110.0, one.fidelity(), 1e-15);
    TreeSurrogate two = TreeSurrogate.ofNumber(s, x, FIRST, 5, 1);
    assertEquals(2, two.tree().depth(), "pure nodes aren't split");
    assertEquals(1, two.fidelity());
    assertEquals(3, TreeSurrogate.ofNumber(s, x, FIRST, 5, 2).tree().leaves(), "0 0 | 0 4 | 8");
    assertEquals(2, TreeSurrogate.ofNumber(s, x, FIRST, 5, 3).tree().leaves());
    assertEquals(1, TreeSurrogate.ofNumber(s, x, FIRST, 0, 1).tree().leaves());
  }

  /** All splits tried, one after the other, and measured by the definition. */
  @Test
  void theFirstSplitIsTheBestOfAll() {
    Subject s = Rules.of("curve", 1, (x, y) -> y[0] = x[0] * x[1] + x[2] * x[2]);
    Tensor x = Nets.normal(8, 40, 3);
    Rows rows = Rows.of(x);
    float[] f = s.outputs(x).toFloats();
    double best = Double.POSITIVE_INFINITY;
    for (int j = 0; j < 3; j++) {
      for (int r = 0; r < 40; r++) {
        double at = rows.values()[r * 3 + j];
        int feature = j;
        double[] below =
            IntStream.range(0, 40)
                .filter(i -> rows.values()[i * 3 + feature] <= at)
                .mapToDouble(i -> f[i])
                .toArray();
        double[] above =
            IntStream.range(0, 40)
                .filter(i -> rows.values()[i * 3 + feature] > at)
                .mapToDouble(i -> f[i])
                .toArray();
        if (above.length > 0) {
          best = Math.min(best, Moments.of(below).squares() + Moments.of(above).squares());
        }
      }
    }
    var split = (Tree.Split) TreeSurrogate.ofNumber(s, x, FIRST, 1, 1).tree();
    double left =
        split.below().rows() * split.below().impurity()
            + split.above().rows() * split.above().impurity();
    assertEquals(best, left, 1e-10, "sums of 40 doubles of size 10");
  }

  @Test
  void neitherTheBudgetNorTheOrderOfRowsChangesTheTree() {
    Tensor x = Nets.normal(9, 100, 4);
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      String all = TreeSurrogate.ofClass(s, x, 4, 2).tree().text(List.of());
      assertEquals(all, TreeSurrogate.ofClass(s.within(1), x, 4, 2).tree().text(List.of()));
      Tensor turned = DependenceTest.turned(x);
      assertEquals(all, TreeSurrogate.ofClass(s, turned, 4, 2).tree().text(List.of()));
      assertArrayEquals(
          LinearSurrogate.fit(s, x, FIRST, 1).weights(),
          LinearSurrogate.fit(s.within(1), x, FIRST, 1).weights());
    }
  }
}
