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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependenceTest {
  private static final Target FIRST = Target.of(0);

  @Test
  void ofALinearFunctionItIsALineOfItsSlope() {
    Subject s = Rules.of("3a - 2b + c", 1, (x, y) -> y[0] = 3 * x[0] - 2 * x[1] + x[2]);
    Tensor x = Nets.normal(1, 50, 3);
    Dependence d = new PartialDependence().of(s, x, FIRST, new Feature(1, "b"));
    double[] z = d.axes().getFirst().values();
    double[] line = d.average();
    assertEquals(50, z.length, "all values, since there are fewer than 100");
    for (int p = 1; p < z.length; p++) {
      // outputs are float32 of size 10: 1e-6 each, over distances that may be small
      assertEquals(-2 * (z[p] - z[0]), line[p] - line[0], 1e-5);
    }
    assertEquals("b", d.axes().getFirst().feature().toString());
  }

  /** Case 27: f = ab over (−1, −1), (0, 0), (1, 1). */
  @Test
  void ofAProductTheMeanHidesWhatEachRowShows() {
    Subject s = Rules.of("ab", 1, (x, y) -> y[0] = 0 + x[0] * x[1]);
    Tensor x = Tensor.of(Shape.of(3, 2), -1, -1, 0, 0, 1, 1);
    var axis = new Axis(Feature.of(0), new double[] {-1, 0, 1});
    Dependence d = PartialDependence.of(s, x, FIRST, List.of(axis));
    assertArrayEquals(new double[] {0, 0, 0}, d.average());
    assertEquals(0, d.importance());
    float[][] slopes = {{1, 0, -1}, {0, 0, 0}, {-1, 0, 1}};
    float[][] begun = {{0, -1, -2}, {0, 0, 0}, {0, 1, 2}};
    for (int r = 0; r < 3; r++) {
      assertArrayEquals(slopes[r], d.individual()[r]);
      assertArrayEquals(begun[r], d.centred(0)[r]);
    }
    // of -1, 0, 1 the variance is 1, of their mean a third
    assertArrayEquals(new double[] {Math.sqrt(1 / 3.0), 0, Math.sqrt(1 / 3.0)}, d.standardError());
  }

  @Test
  void ofTwoFeaturesItIsAllCombinationsTheSecondFastest() {
    Subject s = Rules.of("10a + b + c", 1, (x, y) -> y[0] = 10 * x[0] + x[1] + x[2]);
    Tensor x = Tensor.of(Shape.of(2, 3), 7, 7, 100, 8, 8, 200);
    var a = new Axis(Feature.of(0), new double[] {1, 2});
    var b = new Axis(Feature.of(1), new double[] {3, 4, 5});
    Dependence d = PartialDependence.of(s, x, FIRST, List.of(a, b));
    assertArrayEquals(new float[] {113, 114, 115, 123, 124, 125}, d.individual()[0]);
    assertArrayEquals(new double[] {163, 164, 165, 173, 174, 175}, d.average());
  }

  @Test
  void neitherTheBudgetNorTheOrderOfRowsChangesABit() {
    Tensor x = Nets.normal(3, 40, 4);
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      var pd = new PartialDependence(9, 0, 1);
      Feature f = Feature.of(2);
      float[][] all = pd.of(s, x, FIRST, f).individual();
      float[][] little = pd.of(s.within(1 << 12), x, FIRST, f).individual();
      float[][] much = pd.of(s.within(1L << 30), x, FIRST, f).individual();
      float[][] turned = pd.of(s, turned(x), FIRST, f).individual();
      for (int r = 0; r < 40; r++) {
        assertArrayEquals(all[r], little[r]);
        assertArrayEquals(all[r], much[r]);
        assertArrayEquals(all[r], turned[39 - r]);
      }
    }
  }

  /** The rows from the last to the first. */
  static Tensor turned(Tensor x) {
    int n = x.shape().dim(0);
    Tensor t = x.copy();
    for (int r = 0; r < n; r++) {
      t.rows(r, r + 1).set(x.rows(n - 1 - r, n - r));
    }
    return t;
  }

  @Test
  void quantilesAreThoseOfScikitLearn() {
    float[] values = new float[10];
    for (int i = 0; i < 10; i++) {
      values[i] = i;
    }
    Axis a = Axis.between(Tensor.of(Shape.of(10, 1), values), Feature.of(0), 3, 0.25, 0.75);
    // h = 10·.25 + .4 + .05 = 2.95: from the 2nd smallest, 1, .95 of the way to the 3rd
    assertArrayEquals(new double[] {1.95, 4.5, 7.05}, a.values(), 1e-14);
  }

  @Test
  void errorsSayWhatIsNeeded() {
    Subject s = Rules.of("a", 1, (x, y) -> y[0] = x[0]);
    Tensor x = Nets.normal(1, 200, 2);
    var pd = new PartialDependence();
    assertTrue(message(() -> pd.of(s, x, FIRST, Feature.of(2))).contains("rows have 2"));
    assertTrue(message(() -> pd.of(s, x, FIRST)).contains("one or two"));
    Tensor half = x.copy();
    for (int r = 0; r < 100; r++) {
      half.put(2L * r, 0);
    }
    for (int r = 100; r < 200; r++) {
      half.put(2L * r, 1e-3f * r);
    }
    var narrow = new PartialDependence(10, 0.1, 0.2);
    assertTrue(message(() -> narrow.of(s, half, FIRST, Feature.of(0))).contains("further apart"));
    var axis = new double[] {1, 1};
    assertTrue(message(() -> new Axis(Feature.of(0), axis)).contains(Arrays.toString(axis)));
  }

  private static String message(Runnable r) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, r::run).getMessage());
  }
}
