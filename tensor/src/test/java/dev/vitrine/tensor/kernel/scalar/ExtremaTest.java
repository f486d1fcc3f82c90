package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import org.junit.jupiter.api.Test;

class ExtremaTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private static void check(float max, int maxAt, float min, int minAt, float... values) {
    Tensor y = Samples.blank(1);
    Tensor index = Samples.blankInts(1);
    var f = new Fold(1, values.length, 1);
    KERNELS.max(f, Samples.floats(values), y, index);
    assertEquals(max, y.item());
    assertEquals(maxAt, index.intAt(0));
    KERNELS.min(f, Samples.floats(values), y, index);
    assertEquals(min, y.item());
    assertEquals(minAt, index.intAt(0));
  }

  @Test
  void theFirstOfEqualsIsTaken() {
    check(3, 1, 1, 0, 1, 3, 3, 1);
    check(-0f, 0, -0f, 0, -0f, 0f);
    check(0f, 0, 0f, 0, 0f, -0f);
  }

  @Test
  void theFirstNanWins() {
    check(NAN, 1, NAN, 1, 1, NAN, INF, -INF, NAN);
  }

  @Test
  void infinitiesAreNumbers() {
    check(-INF, 0, -INF, 0, -INF, -INF);
    check(INF, 0, INF, 0, INF, INF);
    check(INF, 2, -INF, 1, 0, -INF, INF);
  }

  @Test
  void everyColumnHasItsOwn() {
    Tensor x = Samples.normal(1, 3, 7, 4);
    Tensor y = Samples.blank(3, 4);
    Tensor index = Samples.blankInts(3, 4);
    KERNELS.max(new Fold(3, 7, 4), x, y, index);
    for (int o = 0; o < 3; o++) {
      for (int i = 0; i < 4; i++) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < 7; j++) {
          max = Math.max(max, x.at((o * 7 + j) * 4 + i));
        }
        assertEquals(max, y.at(o * 4 + i));
        assertEquals(max, x.at((o * 7 + index.intAt(o * 4 + i)) * 4 + i));
      }
    }
  }
}
