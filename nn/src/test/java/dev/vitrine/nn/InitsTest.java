package dev.vitrine.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitsTest {
  private static final Shape KERNEL = Shape.of(3, 5, 16, 64);

  private static float[] draw(Init init, Shape shape, long seed, int stream) {
    Tensor t = Tensor.of(shape, new float[(int) shape.size()]);
    init.fill(t, seed, stream);
    return t.toFloats();
  }

  /**
   * Checks mean and variance at five standard errors, and the largest magnitude against a bound.
   */
  private static void spread(Init init, double deviation, double bound) {
    float[] v = draw(init, KERNEL, 1, 0);
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float x : v) {
      sum += x;
      squares += (double) x * x;
      largest = Math.max(largest, Math.abs(x));
    }
    assertEquals(0, sum / v.length, 5 * deviation / Math.sqrt(v.length));
    double variance = deviation * deviation;
    assertEquals(variance, squares / v.length, 5 * variance * Math.sqrt(2.0 / v.length));
    assertTrue(largest <= bound, largest + " > " + bound);
    assertTrue(largest > 2 * deviation || largest > 0.99 * bound, "nothing near the edge");
  }

  private static void uniform(Init init, double deviation) {
    spread(init, deviation, Math.sqrt(3) * deviation * (1 + 1e-7));
  }

  private static void normal(Init init, double deviation) {
    spread(init, deviation, 6 * deviation);
  }

  @Test
  void fansAreThoseOfPyTorch() {
    assertEquals(3 * 5 * 16, Inits.fanIn(KERNEL));
    assertEquals(3 * 5 * 64, Inits.fanOut(KERNEL));
    assertEquals(7, Inits.fanIn(Shape.of(7, 2)));
    assertEquals(2, Inits.fanOut(Shape.of(7, 2)));
    var e = assertThrows(IllegalArgumentException.class, () -> Inits.fanIn(Shape.of(4)));
    assertTrue(e.getMessage().contains("[4]"), e.getMessage());
  }

  @Test
  void variancesFollowTheFormulas() {
    double in = 3 * 5 * 16;
    double out = 3 * 5 * 64;
    uniform(Inits.kaimingUniform(Gain.RELU), Math.sqrt(2 / in));
    normal(Inits.kaimingNormal(Gain.TANH), 5.0 / 3 / Math.sqrt(in));
    uniform(Inits.xavierUniform(Gain.LINEAR), Math.sqrt(2 / (in + out)));
    normal(Inits.xavierNormal(Gain.leakyRelu(0.2)), Math.sqrt(2 / 1.04 * 2 / (in + out)));
    normal(Inits.normal(0.02), 0.02);
    uniform(Inits.uniform(0.3), 0.3 / Math.sqrt(3));
  }

  @Test
  void standardIsKaimingUniformWithSlopeRootFive() {
    Init kaiming = Inits.kaimingUniform(Gain.leakyRelu(Math.sqrt(5)));
    float[] a = draw(kaiming, KERNEL, 3, 2);
    float[] b = draw(Inits.standard(3 * 5 * 16), KERNEL, 3, 2);
    // the bound is rounded on another way
    assertArrayEquals(a, b, 1e-8f);
    uniform(Inits.standard(3 * 5 * 16), 1 / Math.sqrt(3.0 * 3 * 5 * 16));
  }

  @Test
  void valuesDependOnSeedStreamAndElementAlone() {
    Init init = Inits.uniform(1);
    float[] long1 = draw(init, Shape.of(40), 7, 1);
    assertArrayEquals(Arrays.copyOf(long1, 12), draw(init, Shape.of(3, 4), 7, 1));
    assertFalse(Arrays.equals(long1, draw(init, Shape.of(40), 7, 2)));
    assertFalse(Arrays.equals(long1, draw(init, Shape.of(40), 8, 1)));
  }

  @Test
  void drawsShareNoCounterWithMasksOfTraining() {
    float first = draw(Inits.uniform(1), Shape.of(1), 7, 1)[0];
    assertEquals(2 * Philox.uniformAt(7, 1, -1, 0, 0) - 1, first);
  }
}
