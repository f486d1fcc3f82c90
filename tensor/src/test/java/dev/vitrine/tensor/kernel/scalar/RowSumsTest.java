package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.math.Exp;
import dev.vitrine.tensor.kernel.math.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSumsTest {
  /** Part 4 of the contract with an array of partials. */
  private static float literally(float[] terms) {
    int partials = terms.length < 64 ? 16 : 64;
    float[] p = new float[partials];
    for (int j = 0; j < terms.length; j++) {
      p[j % partials] += terms[j];
    }
    for (int half = partials / 2; half >= 1; half /= 2) {
      for (int j = 0; j < half; j++) {
        p[j] += p[j + half];
      }
    }
    return p[0];
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000})
  void sumsInTheOrderOfTheContract(int n) {
    Tensor x = Samples.rough(n, 3, n);
    Tensor y = Samples.blank(3);
    KERNELS.sumRows(x, y);
    for (int r = 0; r < 3; r++) {
      assertEquals(literally(x.rows(r, r + 1).toFloats()), y.at(r));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 64, 1000})
  void sumsOfExponentialsFollowTheSameTree(int n) {
    Tensor x = Samples.normal(n, 1, n);
    x.put(n / 2, 8);
    Tensor y = Samples.blank(1);
    KERNELS.logSumExp(x, y);
    float[] e = x.toFloats();
    for (int j = 0; j < n; j++) {
      e[j] = Exp.exp(e[j] - 8);
    }
    assertEquals(8 + Log.log(literally(e)), y.at(0));
  }

  @Test
  void aRowMaySpanSeveralAxes() {
    Tensor x = Samples.rough(5, 2, 7, 11);
    Tensor y = Samples.blank(2, 1, 1);
    KERNELS.sumRows(x, y);
    assertEquals(literally(x.rows(1, 2).toFloats()), y.at(1));
  }
}
