package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatMulTest {
  private static Tensor transposed(Tensor x) {
    Tensor y = Samples.blank(x.shape().dim(1), x.shape().dim(0));
    KERNELS.permute(new int[] {1, 0}, x, y);
    return y;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 1500})
  void dotProductsAreCutAt512(int k) {
    Tensor a = Samples.rough(k, 2, k);
    Tensor b = Samples.rough(k + 1, k, 3);
    Tensor y = Samples.blank(2, 3);
    KERNELS.matmul(false, false, a, b, null, y);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        var dot = new ChunkedLiterally(1);
        double exact = 0;
        double size = 0;
        for (int l = 0; l < k; l++) {
          dot.take(l, 0, a.at(i * k + l), b.at(l * 3 + j));
          exact += (double) a.at(i * k + l) * b.at(l * 3 + j);
          size += Math.abs((double) a.at(i * k + l) * b.at(l * 3 + j));
        }
        assertEquals(dot.result(), y.at(i * 3 + j));
        // a chain of at most 512 roundings, relative to the sum of magnitudes
        assertEquals(exact, y.at(i * 3 + j), 515 * 0x1p-24 * size);
      }
    }
  }

  @Test
  void transposedOperandsGiveTheSameBits() {
    Tensor a = Samples.rough(1, 5, 700);
    Tensor b = Samples.rough(2, 700, 4);
    Tensor want = Samples.blank(5, 4);
    KERNELS.matmul(false, false, a, b, null, want);
    for (int flags = 1; flags < 4; flags++) {
      boolean ta = (flags & 1) != 0;
      boolean tb = (flags & 2) != 0;
      Tensor got = Samples.blank(5, 4);
      KERNELS.matmul(ta, tb, ta ? transposed(a) : a, tb ? transposed(b) : b, null, got);
      assertArrayEquals(want.toFloats(), got.toFloats());
    }
  }

  @Test
  void theBiasIsAddedLast() {
    Tensor a = Samples.rough(1, 3, 600);
    Tensor b = Samples.rough(2, 600, 2);
    Tensor bias = Samples.rough(3, 2);
    Tensor plain = Samples.blank(3, 2);
    Tensor biased = Samples.blank(3, 2);
    KERNELS.matmul(false, false, a, b, null, plain);
    KERNELS.matmul(false, false, a, b, bias, biased);
    for (int i = 0; i < 6; i++) {
      assertEquals(plain.at(i) + bias.at(i % 2), biased.at(i));
    }
  }

  @Test
  void leadingAxesStretch() {
    Tensor a = Samples.normal(1, 2, 1, 3, 4);
    Tensor b = Samples.normal(2, 5, 4, 2);
    Tensor y = Samples.blank(2, 5, 3, 2);
    KERNELS.matmul(false, false, a, b, null, y);
    for (int p = 0; p < 2; p++) {
      for (int q = 0; q < 5; q++) {
        Tensor one = Samples.blank(3, 2);
        Tensor left = a.rows(p, p + 1).reshape(Shape.of(3, 4));
        Tensor right = b.rows(q, q + 1).reshape(Shape.of(4, 2));
        KERNELS.matmul(false, false, left, right, null, one);
        Tensor got = y.reshape(Shape.of(10, 6)).rows(p * 5 + q, p * 5 + q + 1);
        assertArrayEquals(one.toFloats(), got.toFloats());
      }
    }
  }

  @Test
  void aFirstChunkOfMinusZeroStaysMinusZero() {
    Tensor a = Samples.floats(-1e-30f).reshape(Shape.of(1, 1));
    Tensor b = Samples.floats(1e-30f).reshape(Shape.of(1, 1));
    Tensor y = Samples.blank(1, 1);
    KERNELS.matmul(false, false, a, b, null, y);
    assertEquals(-0f, y.item());
  }
}
