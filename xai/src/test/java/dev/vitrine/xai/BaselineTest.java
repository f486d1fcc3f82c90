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
    return rows(b, x, 0);
  }

  private static float[] rows(Baseline b, Tensor x, int firstRow) {
    try (Memory memory = new Memory("test")) {
      int[] numbers = new int[x.shape().dim(0)];
      Arrays.setAll(numbers, i -> firstRow + i);
      Tensor rows = b.rows(x, numbers, memory);
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
    assertArrayEquals(Arrays.copyOfRange(all, 2, 6), rows(noise, X.rows(1, 3), 1));
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

  @Test
  void drawnOnesAreRowsOfTheDataThatDependOnTheRowAlone() {
    Tensor data = Tensor.of(Shape.of(4, 2), 0, 1, 10, 11, 20, 21, 30, 31);
    Baseline drawn = Baseline.drawn(data, 3);
    Tensor x = Tensor.of(Shape.of(4000, 2), new float[8000]);
    float[] all = rows(drawn, x);
    int[] count = new int[4];
    for (int r = 0; r < 4000; r++) {
      assertEquals(all[2 * r] + 1, all[2 * r + 1]);
      count[(int) all[2 * r] / 10]++;
    }
    for (int c : count) {
      assertEquals(1000, c, 5 * Math.sqrt(750), "each as often, up to five deviations");
    }
    assertArrayEquals(Arrays.copyOfRange(all, 200, 300), rows(drawn, x.rows(100, 150), 100));
    assertThrows(
        IllegalArgumentException.class,
        () -> rows(Baseline.drawn(X, 1), x.rows(0, 0).reshape(Shape.of(0, 2, 1))));
  }

  @Test
  void blurringKeepsAConstantImageAndSpreadsAPoint() {
    Baseline blurred = Baseline.blurred(1.5);
    float[] ones = new float[2 * 5 * 7 * 3];
    Arrays.fill(ones, 3);
    assertArrayEquals(ones, rows(blurred, Tensor.of(Shape.of(2, 5, 7, 3), ones)));

    int n = 31;
    float[] point = new float[n * n];
    point[15 * n + 15] = 1;
    float[] spread = rows(blurred, Tensor.of(Shape.of(1, n, n, 1), point));
    double sum = 0;
    double variance = 0;
    for (int i = 0; i < n * n; i++) {
      sum += spread[i];
      variance += spread[i] * (i % n - 15) * (i % n - 15);
    }
    assertEquals(1, sum, 1e-5); // roundings of 961 floats
    assertEquals(2.25, variance, 0.01); // cutting at four deviations loses a thousandth of it
    assertEquals(spread[15 * n + 12], spread[12 * n + 15], 1e-8); // one rounding between the axes
    assertThrows(IllegalArgumentException.class, () -> rows(blurred, X));
    assertThrows(IllegalArgumentException.class, () -> Baseline.blurred(0));
  }

  @Test
  void theFarthestEndIsTaken() {
    Tensor x = Tensor.of(Shape.of(1, 4), 0, 0.4f, 0.6f, 1);
    assertArrayEquals(new float[] {1, 1, 0, 0}, rows(Baseline.farthest(0, 1), x));
  }
}
