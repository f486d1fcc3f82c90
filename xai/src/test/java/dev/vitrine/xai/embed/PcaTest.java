package dev.vitrine.xai.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values are of size 1 and matrices are small: 1e-12 is thousands of rounding errors. */
class PcaTest {
  private static final double NEAR = 1e-12;

  @ParameterizedTest
  @CsvSource({"40, 5", "5, 40", "7, 7", "200, 30", "2, 3", "3, 1"})
  void allComponentsReconstructThePoints(int n, int dimension) {
    Points x = Clouds.normal(n, dimension, 1);
    Pca pca = Pca.of(x, Math.min(n, dimension));
    assertArrayEquals(x.values(), pca.reconstruct(pca.project(x)).values(), NEAR);
  }

  @ParameterizedTest
  @CsvSource({"40, 5", "5, 40", "7, 7", "200, 30"})
  void componentsAreOrthonormalAndPointToTheirLargestEntry(int n, int dimension) {
    Points v = Pca.of(Clouds.normal(n, dimension, 2), Math.min(n, dimension)).components();
    for (int a = 0; a < v.count(); a++) {
      double extreme = 0;
      for (int b = 0; b <= a; b++) {
        double dot = 0;
        for (int k = 0; k < dimension; k++) {
          dot += v.at(a, k) * v.at(b, k);
        }
        assertEquals(a == b ? 1 : 0, dot, NEAR);
      }
      for (int k = 0; k < dimension; k++) {
        extreme = Math.abs(v.at(a, k)) > Math.abs(extreme) ? v.at(a, k) : extreme;
      }
      assertTrue(extreme > 0);
    }
  }

  /** C·v = λ·v of the covariance, λ falling, and their sum is the trace. */
  @Test
  void componentsAreEigenvectorsOfTheCovariance() {
    int d = 6;
    Points x = Clouds.normal(50, d, 3);
    Pca pca = Pca.of(x, d);
    double[][] c = new double[d][d];
    double trace = 0;
    for (int a = 0; a < d; a++) {
      for (int b = 0; b < d; b++) {
        for (int i = 0; i < 50; i++) {
          c[a][b] += (x.at(i, a) - pca.mean()[a]) * (x.at(i, b) - pca.mean()[b]) / 49;
        }
      }
      trace += c[a][a];
    }
    double ratios = 0;
    for (int k = 0; k < d; k++) {
      for (int a = 0; a < d; a++) {
        double cv = 0;
        for (int b = 0; b < d; b++) {
          cv += c[a][b] * pca.components().at(k, b);
        }
        assertEquals(pca.variance()[k] * pca.components().at(k, a), cv, NEAR);
      }
      assertTrue(k == 0 || pca.variance()[k] <= pca.variance()[k - 1]);
      assertEquals(pca.variance()[k] / trace, pca.ratio()[k], NEAR);
      ratios += pca.ratio()[k];
    }
    assertEquals(1, ratios, NEAR);
  }

  @Test
  void aFewComponentsAreTheFirstOfAll() {
    Points x = Clouds.normal(60, 12, 4);
    Pca all = Pca.of(x, 12);
    Pca few = Pca.of(x, 3);
    assertArrayEquals(
        java.util.Arrays.copyOf(all.components().values(), 36), few.components().values());
    assertArrayEquals(java.util.Arrays.copyOf(all.variance(), 3), few.variance());
  }

  @Test
  void againTheSameBits() {
    Points x = Clouds.normal(60, 12, 5);
    assertArrayEquals(Pca.of(x, 4).components().values(), Pca.of(x, 4).components().values());
  }

  @Test
  void equalPointsVaryNowhere() {
    Pca pca = Pca.of(new Points(4, 2, new double[] {3, 1, 3, 1, 3, 1, 3, 1}), 2);
    assertArrayEquals(new double[] {3, 1}, pca.mean());
    assertArrayEquals(new double[2], pca.variance());
    assertArrayEquals(new double[2], pca.ratio());
  }

  @Test
  void pointsComeFromTensorsOfAnyShape() {
    Points p = Points.of(Tensor.of(Shape.of(2, 2, 1), 1, 2, 3, 4));
    assertEquals(2, p.count());
    assertEquals(2, p.dimension());
    assertEquals(3, p.at(1, 0));
  }

  @Test
  void badInputIsRefused() {
    Points x = Clouds.normal(4, 3, 6);
    assertEquals(
        "4 components of 4 points with 3 coordinates: at least 2 points and 1 to 3 components are"
            + " needed",
        assertThrows(IllegalArgumentException.class, () -> Pca.of(x, 4)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Pca.of(x, 0));
    assertEquals(
        "points with 2 coordinates given, 3 are needed",
        assertThrows(
                IllegalArgumentException.class, () -> Pca.of(x, 1).project(Clouds.normal(4, 2, 6)))
            .getMessage());
    assertEquals(
        "point 1 has the coordinate NaN at 0: all must be finite",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Points(2, 2, new double[] {1, 2, Double.NaN, 4}))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Points(2, 2, new double[3]));
    assertThrows(IllegalArgumentException.class, () -> Points.of(Tensor.of(Shape.of(2), 1, 2)));
  }
}
