package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SoftmaxRowsTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private static float[] softmax(float... x) {
    Tensor y = Samples.blank(x.length);
    KERNELS.softmax(Samples.floats(x), y);
    return y.toFloats();
  }

  private static float[] logSoftmax(float... x) {
    Tensor y = Samples.blank(x.length);
    KERNELS.logSoftmax(Samples.floats(x), y);
    return y.toFloats();
  }

  private static float logSumExp(float... x) {
    Tensor y = Samples.blank();
    KERNELS.logSumExp(Samples.floats(x), y);
    return y.item();
  }

  @Test
  void agreesWithBinary64() {
    Tensor x = Samples.normal(1, 5, 100);
    Tensor y = Samples.blank(5, 100);
    Tensor log = Samples.blank(5, 100);
    Tensor lse = Samples.blank(5);
    KERNELS.softmax(x, y);
    KERNELS.logSoftmax(x, log);
    KERNELS.logSumExp(x, lse);
    for (int r = 0; r < 5; r++) {
      double sum = 0;
      for (int j = 0; j < 100; j++) {
        sum += StrictMath.exp(x.at(r * 100 + j));
      }
      // x − m, exp (2 ulp), eight additions and a division; log-sums near 5 carry 5·2^-24 each
      assertEquals(StrictMath.log(sum), lse.at(r), 1e-6);
      for (int j = 0; j < 100; j++) {
        int i = r * 100 + j;
        double want = StrictMath.exp(x.at(i)) / sum;
        assertEquals(want, y.at(i), 2e-6 * want);
        assertEquals(StrictMath.log(want), log.at(i), 3e-6);
      }
    }
  }

  @Test
  void masksOfMinusInfinityGetNothing() {
    assertArrayEquals(new float[] {0, 0.5f, 0.5f}, softmax(-INF, 7, 7));
    assertEquals(-INF, logSoftmax(-INF, 7, 7)[0]);
    assertEquals(7, logSumExp(-INF, 7));
  }

  @Test
  void rowsWithoutAFiniteMaximumAreNan() {
    assertArrayEquals(new float[] {NAN, NAN}, softmax(-INF, -INF));
    assertArrayEquals(new float[] {NAN, NAN}, softmax(INF, 1));
    assertArrayEquals(new float[] {NAN, NAN}, softmax(NAN, 1));
    assertArrayEquals(new float[] {NAN, NAN}, logSoftmax(-INF, -INF));
  }

  @Test
  void logSumExpKeepsInfinities() {
    assertEquals(-INF, logSumExp(-INF, -INF));
    assertEquals(INF, logSumExp(INF, 3, INF));
    assertEquals(NAN, logSumExp(NAN, INF));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    assertArrayEquals(new float[] {1, 0}, softmax(3e38f, -3e38f));
    assertEquals(1000, logSumExp(1000, 0));
  }

  @Test
  void aRowDoesNotDependOnItsNeighbours() {
    Tensor x = Samples.normal(2, 4, 33);
    Tensor all = Samples.blank(4, 33);
    KERNELS.softmax(x, all);
    Tensor one = Samples.blank(33);
    KERNELS.softmax(x.rows(2, 3).reshape(Shape.of(33)), one);
    assertArrayEquals(one.toFloats(), all.rows(2, 3).toFloats());
  }
}
