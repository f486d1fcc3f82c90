package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomFillTest {
  private static final long SEED = 0x0123_4567_89AB_CDEFL;

  private static Tensor fill(Draw draw, int step, int firstRow, int... dims) {
    Tensor y = Samples.blank(dims);
    KERNELS.random(draw, SEED, 5, 0.25f, Samples.ints(step, firstRow), y);
    return y;
  }

  @ParameterizedTest
  @EnumSource
  void aRowDoesNotDependOnTheBatch(Draw draw) {
    Tensor all = fill(draw, 3, 10, 8, 3, 5);
    Tensor part = fill(draw, 3, 14, 2, 3, 5);
    assertArrayEquals(all.rows(4, 6).toFloats(), part.toFloats());
  }

  @Test
  void momentsAreThoseOfTheDistribution() {
    int n = 40_000;
    double[] uniform = moments(fill(Draw.UNIFORM, 0, 0, 4, n / 4));
    double[] normal = moments(fill(Draw.NORMAL, 0, 0, 4, n / 4));
    double[] keep = moments(fill(Draw.KEEP, 0, 0, 4, n / 4));
    // five standard errors of the mean and of the mean square at n = 40 000
    assertEquals(0.5, uniform[0], 5 * 0.289 / 200);
    assertEquals(1 / 3.0, uniform[1], 5 * 0.298 / 200);
    assertEquals(0, normal[0], 5 * 1.0 / 200);
    assertEquals(1, normal[1], 5 * 1.414 / 200);
    assertEquals(1, keep[0], 5 * 0.577 / 200);
    assertEquals(4 / 3.0, keep[1], 5 * 0.770 / 200);
  }

  private static double[] moments(Tensor x) {
    double sum = 0;
    double squares = 0;
    for (long i = 0; i < x.size(); i++) {
      sum += x.at(i);
      squares += (double) x.at(i) * x.at(i);
    }
    return new double[] {sum / x.size(), squares / x.size()};
  }
}
