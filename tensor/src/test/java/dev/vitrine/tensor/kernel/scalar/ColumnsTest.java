package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 1500})
  void columnSumsAreCutAt512(int n) {
    Tensor x = Samples.rough(n, 2, n, 3);
    Tensor y = Samples.blank(2, 3);
    KERNELS.sumColumns(new Fold(2, n, 3), x, y);
    for (int o = 0; o < 2; o++) {
      for (int i = 0; i < 3; i++) {
        var sum = new ChunkedLiterally(1);
        for (int j = 0; j < n; j++) {
          sum.take(j, 0, 1, x.at((o * n + j) * 3 + i));
        }
        assertEquals(sum.result(), y.at(o * 3 + i));
      }
    }
  }

  @Test
  void aColumnSumIsTheProductWithARowOfOnes() {
    Tensor x = Samples.rough(1, 1300, 5);
    Tensor sum = Samples.blank(5);
    KERNELS.sumColumns(new Fold(1, 1300, 5), x, sum);
    Tensor ones = Samples.blank(1, 1300);
    KERNELS.fill(1, ones);
    Tensor product = Samples.blank(1, 5);
    KERNELS.matmul(false, false, ones, x, null, product);
    assertArrayEquals(product.toFloats(), sum.toFloats());
  }

  @Test
  void productsOfOthersWorkWithoutDivision() {
    Tensor x = Samples.floats(2, 0, 3, 5);
    Tensor y = Samples.blank(4);
    KERNELS.productOfOthers(new Fold(1, 4, 1), x, y);
    assertArrayEquals(new float[] {0, 30, 0, 0}, y.toFloats());
    Tensor all = Samples.blank(1);
    KERNELS.product(new Fold(1, 4, 1), x, all);
    assertEquals(0, all.item());
  }

  @Test
  void productsRunAlongTheMiddle() {
    Tensor x = Samples.normal(4, 3, 6, 5);
    Tensor y = Samples.blank(3, 5);
    Tensor others = Samples.blank(3, 6, 5);
    var f = new Fold(3, 6, 5);
    KERNELS.product(f, x, y);
    KERNELS.productOfOthers(f, x, others);
    for (int o = 0; o < 3; o++) {
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 6; j++) {
          double want = y.at(o * 5 + i);
          int at = (o * 6 + j) * 5 + i;
          // at most 6 roundings of 2^-24 on either side
          assertEquals(want, (double) others.at(at) * x.at(at), Math.abs(want) * 12 * 0x1p-24);
        }
      }
    }
  }

  @Test
  void cumulativeSumsAreChainsFromEitherEnd() {
    Tensor x = Samples.rough(6, 2, 40, 3);
    Tensor y = Samples.blank(2, 40, 3);
    Tensor back = Samples.blank(2, 40, 3);
    var f = new Fold(2, 40, 3);
    KERNELS.cumulativeSum(f, false, x, y);
    KERNELS.cumulativeSum(f, true, x, back);
    for (int o = 0; o < 2; o++) {
      for (int i = 0; i < 3; i++) {
        float up = 0;
        float down = 0;
        for (int j = 0; j < 40; j++) {
          int at = (o * 40 + j) * 3 + i;
          int mirrored = (o * 40 + 39 - j) * 3 + i;
          up += x.at(at);
          down += x.at(mirrored);
          assertEquals(up, y.at(at));
          assertEquals(down, back.at(mirrored));
        }
      }
    }
  }
}
