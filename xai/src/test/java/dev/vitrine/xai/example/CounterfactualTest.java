package dev.vitrine.xai.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Functions;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Subject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nearest changes that are known, and what is promised of those that aren't. */
class CounterfactualTest {
  /** Outputs 0 and x0 − 2·x1 + ½·x2 + 3·x3. */
  private static final Network PLANE =
      x -> x.linear(Nets.matrix(x, 4, 2, 0, 1, 0, -2, 0, 0.5f, 0, 3), null);

  /** Rows with median absolute deviations 1, 1, 3 and 0.6. */
  private static final Tensor SCALES =
      Tensor.of(Shape.of(3, 4), -1, 0, -3, -0.6f, 0, 1, 0, 0, 1, 2, 3, 0.6f);

  private static final Counterfactual NEAREST = Counterfactual.of(SCALES);

  private static Change plane(Counterfactual by, float... x) {
    try (Subject s = Nets.subject(PLANE)) {
      return by.find(s, Nets.row(x)).getFirst();
    }
  }

  /** One unit of column 1 moves the difference by 2, of 0: 1, of 2: 1.5, of 3: 1.8. */
  @Test
  void ofALinearClassifierOneColumnChanges() {
    Change c = plane(NEAREST, 0, 1.5f, 0, 0.5f);
    assertTrue(c.found());
    assertEquals(List.of(1), c.columns());
    // −1.5 to 0 over slope 2; the boundary is met up to a rounding of x1 and of the outputs
    assertEquals(0.75, c.distance(), 1e-5);
    assertEquals(0, c.before());
    assertEquals(1, c.after());
    assertEquals(0.5f, c.row().at(3));
    Change far = plane(NEAREST.margin(0.5), 0, 1.5f, 0, 0.5f);
    assertEquals(1, far.distance(), 1e-5);
    assertEquals(0.5, far.lead(), 1e-5);
  }

  /** The difference alone says the same of the same rows, either way. */
  @Test
  void oneOutputTellsTwoClassesApart() {
    Network difference = x -> x.linear(Nets.matrix(x, 4, 1, 1, -2, 0.5f, 3), null);
    for (float[] x : new float[][] {{0, 1.5f, 0, 0.5f}, {0.5f, -1, 2, 0.25f}}) {
      try (Subject s = Nets.subject(difference)) {
        Change one = NEAREST.find(s, Nets.row(x)).getFirst();
        Change two = plane(NEAREST, x);
        assertTrue(one.found());
        assertEquals(two.columns(), one.columns());
        assertEquals(two.before(), one.before());
        assertEquals(1 - one.before(), one.after());
        assertEquals(two.distance(), one.distance(), 1e-5, "met up to a rounding, as above");
        IllegalArgumentException e =
            assertThrows(IllegalArgumentException.class, () -> NEAREST.find(s, Nets.row(x), 2));
        assertTrue(e.getMessage().contains("tells 2 apart"), e.getMessage());
      }
    }
  }

  @Test
  void fixedColumnsStay() {
    Change c = plane(NEAREST.fixed(1), 0, 1.5f, 0, 0.5f);
    assertEquals(List.of(3), c.columns());
    assertEquals(1.5 / 1.8, c.distance(), 1e-5);
    Change d = plane(NEAREST.fixed(1, 3), 0, 1.5f, 0, 0.5f);
    assertEquals(List.of(2), d.columns());
    assertEquals(1, d.distance(), 1e-5);
  }

  /** Column 1 goes as far as it may, which is worth 1 of 1.5, and column 3 does the rest. */
  @Test
  void limitsAreKeptAndTheNextBestColumnHelps() {
    Change c = plane(NEAREST.between(1, 1, 2), 0, 1.5f, 0, 0.5f);
    assertEquals(List.of(1, 3), c.columns());
    assertTrue(c.row().at(1) >= 1, c.toString());
    double best = 0.5 + 0.5 / 1.8;
    // proximal steps of 0.1 come near the corner, not into it
    assertTrue(c.distance() >= best - 1e-5 && c.distance() <= 1.02 * best, c.toString());
  }

  @Test
  void whereNoChangeIsAllowedNoneIsFound() {
    Counterfactual tight = NEAREST.between(1, 1.4f, 2).fixed(0, 2, 3);
    Change c = plane(tight, 0, 1.5f, 0, 0.5f);
    assertFalse(c.found());
    assertEquals(List.of(), c.columns());
    assertEquals(0, c.distance());
    assertEquals(0, c.after());
    assertArrayEquals(new float[] {0, 1.5f, 0, 0.5f}, c.row().toFloats());
    // the most that is possible: −2·1.4 + 3·0.5
    assertEquals(-1.3, c.lead(), 1e-6);
    assertTrue(c.toString().contains("class 0 stays"), c.toString());
  }

  @Test
  void aRowOfTheWantedClassNeedsNoChange() {
    try (Subject s = Nets.subject(PLANE)) {
      Change c = NEAREST.find(s, Nets.row(1, 0, 0, 0), 1).getFirst();
      assertTrue(c.found());
      assertEquals(0, c.distance());
      assertEquals(0, c.steps());
    }
  }

  @Test
  void theElasticNetSpreadsChanges() {
    Change sparse = plane(NEAREST, 0, 1.5f, 0, 0.5f);
    Change spread = plane(NEAREST.ridge(20), 0, 1.5f, 0, 0.5f);
    assertTrue(spread.found());
    assertTrue(spread.columns().size() > sparse.columns().size(), spread.toString());
    assertTrue(spread.distance() > sparse.distance(), spread.toString());
  }

  private static int largest(float[] y, int from) {
    int best = 0;
    for (int j = 1; j < 3; j++) {
      best = y[from + j] > y[from + best] ? j : best;
    }
    return best;
  }

  /**
   * Whatever a network is: changes flip it, none is superfluous, and no row of a table is nearer.
   */
  @Test
  void changesOfANetworkAreTrueNeededAndNear() {
    Tensor table = Nets.normal(41, 200, 4);
    Tensor x = Nets.normal(42, 8, 4);
    Reach reach = Reach.of(table);
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      float[] y = s.outputs(x).toFloats();
      float[] others = s.outputs(table).toFloats();
      List<Change> all = Counterfactual.of(table).find(s, x);
      for (int r = 0; r < 8; r++) {
        Change c = all.get(r);
        float[] was = x.rows(r, r + 1).toFloats();
        float[] is = c.row().toFloats();
        assertTrue(c.found(), c.toString());
        assertEquals(largest(y, 3 * r), c.before());
        assertEquals(c.after(), largest(s.outputs(Nets.row(is)).toFloats(), 0));
        assertTrue(c.after() != c.before());
        for (int j : c.columns()) {
          float[] back = is.clone();
          back[j] = was[j];
          assertEquals(c.before(), largest(s.outputs(Nets.row(back)).toFloats(), 0), "" + c);
        }
        for (int t = 0; t < 200; t++) {
          if (largest(others, 3 * t) != c.before()) {
            double there = reach.distance(was, table.rows(t, t + 1).toFloats());
            assertTrue(c.distance() <= there, c + " and a row at " + there);
          }
        }
      }
    }
  }

  /** No point of a grid over any two columns is nearer: exhaustive search, where it is possible. */
  @Test
  void noChangeOfTwoColumnsIsNearer() {
    Tensor table = Nets.normal(41, 200, 4);
    Tensor x = Nets.normal(42, 4, 4);
    double[] scales = Reach.of(table).scales();
    int side = 61;
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      List<Change> all = Counterfactual.of(table).find(s, x);
      for (int r = 0; r < 4; r++) {
        Change c = all.get(r);
        for (int pair = 0; pair < 6; pair++) {
          int i = "000112".charAt(pair) - '0';
          int j = "123233".charAt(pair) - '0';
          float[] grid = new float[side * side * 4];
          for (int e = 0; e < grid.length; e++) {
            double u = e % 4 == i ? at(e / 4 / side) : e % 4 == j ? at(e / 4 % side) : 0;
            grid[e] = (float) (x.at(4L * r + e % 4) + u * scales[e % 4]);
          }
          float[] y = s.outputs(Tensor.of(Shape.of(side * side, 4), grid)).toFloats();
          for (int p = 0; p < side * side; p++) {
            double there = Math.abs(at(p / side)) + Math.abs(at(p % side));
            assertTrue(c.distance() <= there || largest(y, 3 * p) == c.before(), c + " " + there);
          }
        }
      }
    }
  }

  /** Points of a grid from −2.4 to 2.4. */
  private static double at(int i) {
    return (i - 30) * 0.08;
  }

  @Test
  void theWantedClassIsTheOneThatComes() {
    Tensor table = Nets.normal(41, 200, 4);
    Tensor x = Nets.normal(42, 6, 4);
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      List<Change> all = Counterfactual.of(table).margin(0.01).find(s, x, 0, 1, 2, 0, 1, 2);
      int found = 0;
      for (int r = 0; r < 6; r++) {
        Change c = all.get(r);
        found += c.found() ? 1 : 0;
        assertEquals(c.found() ? r % 3 : c.before(), c.after(), c.toString());
        assertTrue(!c.found() || c.lead() >= 0.01, c.toString());
      }
      assertTrue(found >= 4, "found " + found + " of 6");
    }
  }

  private static List<String> bits(Tensor x, int threads, long bytes) {
    var all = new ArrayList<String>();
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Device.of("vector", threads)).within(bytes)) {
      Counterfactual by = Counterfactual.of(Nets.normal(41, 50, 4)).steps(4, 30);
      for (Change c : by.find(s, x)) {
        all.add(c + " " + List.of(c.row().at(0), c.row().at(1), c.row().at(2), c.row().at(3)));
      }
    }
    return all;
  }

  @Test
  void budgetThreadsAndNeighboursChangeNothing() {
    Tensor x = Nets.normal(42, 5, 4);
    float[] before = x.toFloats();
    List<String> wanted = bits(x, 1, 1L << 30);
    assertEquals(wanted, bits(x, 1, 1L << 20));
    assertEquals(wanted, bits(x, 1, 1));
    assertEquals(wanted, bits(x, 3, 1L << 30));
    for (int r = 4; r >= 0; r--) {
      assertEquals(List.of(wanted.get(r)), bits(x.rows(r, r + 1), 1, 1L << 30));
    }
    assertArrayEquals(before, x.toFloats(), "the rows are left alone");
  }

  @Test
  void imagesChangeToo() {
    Tensor x = Nets.normal(43, 2, 8, 8, 1);
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Change c : Counterfactual.of(Nets.normal(44, 30, 8, 8, 1)).steps(5, 40).find(s, x)) {
        assertTrue(c.found() && c.columns().size() < 32, c.toString());
        assertEquals(Shape.of(8, 8, 1), c.row().shape());
      }
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    Tensor x = Nets.row(0, 1.5f, 0, 0.5f);
    try (Subject s = Functions.subject(r -> r[0])) {
      refused("gradients", () -> NEAREST.find(s, x));
    }
    try (Subject s = Nets.subject(PLANE)) {
      refused("widen the limits", () -> NEAREST.between(0, 1).find(s, x));
      refused("class 2 is wanted of row 0", () -> NEAREST.find(s, x, 2));
      refused("numbered from 0", () -> NEAREST.find(s, x, -1));
      refused("2 wanted classes for 1 rows", () -> NEAREST.find(s, x, 0, 1));
      refused("4 elements", () -> NEAREST.find(s, Nets.row(1, 2)));
    }
    refused("column 4", () -> NEAREST.fixed(4));
    refused("margin -1.0", () -> NEAREST.margin(-1));
  }

  private static void refused(String why, Runnable what) {
    var e = assertThrows(IllegalArgumentException.class, what::run);
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  /** Median absolute deviations; of a mostly constant column its deviation; of a constant one 1. */
  @Test
  void scalesAreRobust() {
    Tensor t = Tensor.of(Shape.of(5, 3), 1, 0, 7, 2, 0, 7, 3, 0, 7, 4, 0, 7, 100, 5, 7);
    double[] scales = Reach.of(t).scales();
    assertArrayEquals(new double[] {1, 2, 1}, scales, 1e-12);
  }
}
