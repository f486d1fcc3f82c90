package dev.vitrine.xai.inside;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Predictor;
import dev.vitrine.xai.Subject;
import org.junit.jupiter.api.Test;

class DecisionMapTest {

  /** Outputs x − y and y − x: class 0 on one side of the diagonal. */
  private static final Predictor DIAGONAL =
      x -> {
        int n = x.shape().dim(0);
        float[] y = new float[2 * n];
        for (int r = 0; r < n; r++) {
          y[2 * r] = x.at(2L * r) - x.at(2L * r + 1);
          y[2 * r + 1] = -y[2 * r];
        }
        return Tensor.of(Shape.of(n, 2), y);
      };

  @Test
  void theDiagonalIsTheBoundary() {
    var map = DecisionMap.of(DIAGONAL, Plane.ofTwo(), -1, 1, -1, 1, 21, 41);
    int[][] classes = map.classes();
    float[][] margins = map.margins();
    assertEquals(41, classes.length);
    assertEquals(21, classes[0].length);
    for (int i = 0; i < 41; i++) {
      for (int j = 0; j < 21; j++) {
        double d = map.u()[j] - map.v()[i];
        assertEquals(2 * Math.abs(d), margins[i][j], 1e-6, "float32 coordinates");
        if (Math.abs(d) > 1e-6) {
          assertEquals(d > 0 ? 0 : 1, classes[i][j]);
        }
      }
    }
  }

  @Test
  void aPlaneGoesThroughItsThreePoints() {
    Tensor a = Nets.normal(1, 1, 3, 2);
    Tensor b = Nets.normal(2, 1, 3, 2);
    Tensor c = Nets.normal(3, 1, 3, 2);
    Plane p = Plane.through(a, b, c);
    for (Tensor corner : new Tensor[] {a, b, c}) {
      double[] at = p.coordinates(corner)[0];
      float[] row = new float[6];
      p.write(at[0], at[1], row, 0);
      assertArrayEquals(corner.toFloats(), row, 1e-6f, "float32 numbers of size 1");
    }
    double squares = 0;
    for (int i = 0; i < 6; i++) {
      double d = (double) b.at(i) - a.at(i);
      squares += d * d;
    }
    assertArrayEquals(
        new double[] {Math.sqrt(squares), 0}, p.coordinates(b)[0], 1e-12, "distances are true");
  }

  @Test
  void obliqueDirectionsHaveCoordinatesToo() {
    Plane p = Plane.of(Nets.row(1, 1, 1), Nets.row(1, 0, 0), Nets.row(1, 2, 0));
    assertArrayEquals(
        new double[] {3, -1}, p.coordinates(Nets.row(3, -1, 77))[0], 1e-15, "1 + 3 − 1, 1 − 2");
  }

  @Test
  void theMapOfANetworkIsWhatItSaysOfEachPoint() {
    Tensor x = Nets.normal(4, 30, 4);
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Plane p = Plane.through(x.rows(0, 1), x.rows(1, 2), x.rows(2, 3));
      var map = DecisionMap.around(s, p, x, 30, 20);
      float[] row = new float[4];
      p.write(map.u()[7], map.v()[13], row, 0);
      assertArrayEquals(s.outputs(Nets.row(row)).toFloats(), map.outputs()[13][7]);
      for (double[] at : p.coordinates(x)) {
        assertTrue(map.u()[0] < at[0] && at[0] < map.u()[29]);
        assertTrue(map.v()[0] < at[1] && at[1] < map.v()[19]);
      }
    }
  }

  @Test
  void aLineIsNoPlane() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Plane.through(Nets.row(0, 0), Nets.row(1, 1), Nets.row(2, 2)));
    assertTrue(e.getMessage().contains("on a line"), e.getMessage());
    var parallel =
        assertThrows(
            IllegalArgumentException.class,
            () -> Plane.of(Nets.row(0, 0), Nets.row(1, 1), Nets.row(2, 2)));
    assertTrue(parallel.getMessage().contains("parallel"), parallel.getMessage());
  }
}
