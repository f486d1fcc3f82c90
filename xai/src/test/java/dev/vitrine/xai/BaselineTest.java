package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final Tensor X = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);

  private static float[] rows(Baseline b, Tensor x) {
    try (Memory memory = new Memory("test")) {
      Tensor rows = b.rows(x, memory);
      assertEquals(x.shape(), rows.shape());
      return rows.toFloats();
    }
  }

  @Test
  void constantsAreTheSameEverywhere() {
    assertArrayEquals(new float[6], rows(Baseline.zero(), X));
    assertArrayEquals(new float[] {7, 7, 7, 7, 7, 7}, rows(Baseline.constant(7), X));
  }

  @Test
  void aGivenOneIsForEachRowOrShared() {
    assertArrayEquals(
        new float[] {8, 9, 8, 9, 8, 9}, rows(Baseline.of(Tensor.of(Shape.of(1, 2), 8, 9)), X));
    assertArrayEquals(X.toFloats(), rows(Baseline.of(X), X));
  }

  @Test
  void otherShapesAreRefused() {
    for (Shape s : new Shape[] {Shape.of(2, 2), Shape.of(3, 1), Shape.of(6), Shape.of(1, 1, 2)}) {
      Baseline b = Baseline.of(Tensor.of(s, new float[(int) s.size()]));
      var e = assertThrows(IllegalArgumentException.class, () -> rows(b, X));
      assertTrue(e.getMessage().contains(s.toString()), e.getMessage());
      assertTrue(e.getMessage().contains(X.shape().toString()), e.getMessage());
    }
  }

  @Test
  void uniformNoiseDependsOnSeedRowAndElementAlone() {
    Baseline noise = Baseline.uniform(5, -1, 3);
    float[] all = rows(noise, X);
    assertArrayEquals(Arrays.copyOf(all, 4), rows(noise, X.rows(0, 2)));
    assertArrayEquals(all, rows(Baseline.uniform(5, -1, 3), X));
    assertFalse(Arrays.equals(all, rows(Baseline.uniform(6, -1, 3), X)));
    for (float v : all) {
      assertTrue(v >= -1 && v < 3, "" + v);
    }
    float[] many = rows(noise, Tensor.of(Shape.of(100, 100), new float[10_000]));
    double mean = 0;
    for (float v : many) {
      mean += v / 1e4;
    }
    // five standard errors: the deviation of [−1, 3) is 4/√12
    assertEquals(1, mean, 5 * 4 / Math.sqrt(12) / 100);
  }
}
