package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Unary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementwiseTest {
  private static int[] dims(String s) {
    String t = s.strip();
    if (t.isEmpty()) {
      return new int[0];
    }
    String[] parts = t.split(" ", -1);
    int[] d = new int[parts.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = Integer.parseInt(parts[i]);
    }
    return d;
  }

  /** Element of x at the place in y that the multi-index {@code at} names. */
  private static float stretched(Tensor x, int[] at) {
    int[] d = x.shape().dims();
    int skip = at.length - d.length;
    int i = 0;
    for (int k = 0; k < d.length; k++) {
      i = i * d[k] + (d[k] == 1 ? 0 : at[k + skip]);
    }
    return x.at(i);
  }

  private static int[] multiIndex(Shape s, long flat) {
    int[] at = new int[s.rank()];
    for (int k = s.rank() - 1; k >= 0; k--) {
      at[k] = (int) (flat % s.dim(k));
      flat /= s.dim(k);
    }
    return at;
  }

  @ParameterizedTest
  @CsvSource({
    "3 4, 3 4",
    "3 4, 4",
    "3 4, 3 1",
    "3 1, 1 4",
    "'', 2 3",
    "2 3 4 5 6, 4 1 6",
    "2 1 3 1 2, 5 1 4 1",
    "1 1 1, 7",
    "'', ''",
    "1, ''",
    "0 3, 3"
  })
  void stretchesAnyRank(String first, String second) {
    Tensor a = Samples.normal(1, dims(first));
    Tensor b = Samples.normal(2, dims(second));
    Shape s = Shape.broadcast(a.shape(), b.shape());
    Tensor c = Samples.normal(3, s.dims());
    KERNELS.map(Unary.STEP, 0, 0, c, c);
    Tensor sub = Samples.blank(s.dims());
    Tensor reversed = Samples.blank(s.dims());
    Tensor selected = Samples.blank(s.dims());
    Tensor wide = Samples.blank(s.dims());
    KERNELS.zip(Binary.SUB, a, b, sub);
    KERNELS.zip(Binary.SUB, b, a, reversed);
    KERNELS.select(c, a, b, selected);
    KERNELS.broadcast(b, wide);
    for (int i = 0; i < s.size(); i++) {
      float x = stretched(a, multiIndex(s, i));
      float y = stretched(b, multiIndex(s, i));
      assertEquals(x - y, sub.at(i));
      assertEquals(y - x, reversed.at(i));
      assertEquals(c.at(i) != 0 ? x : y, selected.at(i));
      assertEquals(y, wide.at(i));
    }
  }

  @Test
  void theConditionStretchesToo() {
    Tensor y = Samples.blank(2, 2);
    Tensor c = Tensor.of(Shape.of(2, 1), 0f, Float.NaN);
    KERNELS.select(c, Samples.floats(1, 2), Samples.floats(3, 4), y);
    assertArrayEquals(new float[] {3, 4, 1, 2}, y.toFloats());
  }

  @Test
  void mayWriteOverAnOperand() {
    Tensor a = Samples.floats(1, 2, 3);
    KERNELS.zip(Binary.MUL, a, a, a);
    KERNELS.map(Unary.AFFINE, 2, 1, a, a);
    assertArrayEquals(new float[] {3, 9, 19}, a.toFloats());
  }

  @Test
  void fillsAndCopies() {
    Tensor y = Samples.blank(2, 3);
    KERNELS.fill(-0f, y);
    assertArrayEquals(new float[] {-0f, -0f, -0f, -0f, -0f, -0f}, y.toFloats());
    Tensor to = Samples.blankInts(1, 3);
    KERNELS.copy(Samples.ints(7, -8, 9), to);
    assertArrayEquals(new int[] {7, -8, 9}, to.toInts());
  }

  @Test
  void reluKeepsNanAndMakesZerosPositive() {
    Tensor x = Samples.floats(Float.NaN, -0f, -1, 2);
    KERNELS.map(Unary.RELU, 0, 0, x, x);
    assertArrayEquals(new float[] {Float.NaN, 0f, 0f, 2}, x.toFloats());
  }
}
