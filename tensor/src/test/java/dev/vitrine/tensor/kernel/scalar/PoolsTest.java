package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolsTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final Window HALF = Window.UNIT.stride(2, 2);

  private static Tensor image(int h, int w, float... values) {
    return Tensor.of(Shape.of(1, h, w, 1), values);
  }

  @Test
  void theFirstOfEqualsWinsAndNanBeforeAll() {
    Tensor y = Samples.blank(1, 1, 3, 1);
    Tensor index = Samples.blankInts(1, 1, 3, 1);
    Tensor x = image(2, 6, 5, 5, NAN, 1, -INF, -INF, 5, 5, 9, NAN, -INF, -INF);
    KERNELS.maxPool2d(HALF, 2, 2, x, y, index);
    assertArrayEquals(new float[] {5, NAN, -INF}, y.toFloats());
    assertArrayEquals(new int[] {0, 2, 4}, index.toInts());
  }

  @Test
  void paddingNeverWins() {
    Tensor y = Samples.blank(1, 2, 2, 1);
    Tensor index = Samples.blankInts(1, 2, 2, 1);
    KERNELS.maxPool2d(HALF.padding(1, 1), 2, 2, image(2, 2, -1, -2, -3, -INF), y, index);
    assertArrayEquals(new float[] {-1, -2, -3, -INF}, y.toFloats());
    assertArrayEquals(new int[] {0, 1, 2, 3}, index.toInts());
  }

  @Test
  void theIndexCountsChannelsToo() {
    Tensor x = Samples.normal(1, 2, 5, 7, 3);
    Window g = Window.UNIT.stride(2, 1).padding(1, 1).dilation(1, 2);
    Tensor y = Samples.blank(2, g.outH(5, 3), g.outW(7, 2), 3);
    Tensor index = Samples.blankInts(y.shape().dims());
    KERNELS.maxPool2d(g, 3, 2, x, y, index);
    for (int i = 0; i < y.size(); i++) {
      long image = i / (y.size() / 2);
      assertEquals(i % 3, index.intAt(i) % 3);
      assertEquals(y.at(i), x.at(image * 105 + index.intAt(i)));
    }
  }

  @Test
  void averagesDivideByWhatTheyAreToldTo() {
    Tensor x = image(2, 2, 1, 2, 3, 6);
    Tensor y = Samples.blank(1, 3, 3, 1);
    Window g = Window.UNIT.padding(1, 1);
    KERNELS.avgPool2d(g, 2, 2, true, x, y);
    assertArrayEquals(new float[] {.25f, .75f, .5f, 1, 3, 2, .75f, 2.25f, 1.5f}, y.toFloats());
    KERNELS.avgPool2d(g, 2, 2, false, x, y);
    assertArrayEquals(new float[] {1, 1.5f, 2, 2, 3, 4, 3, 4.5f, 6}, y.toFloats());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theGradientOfAveragesIsTheTranspose(boolean countPad) {
    Window g = Window.UNIT.stride(2, 1).padding(1, 1).dilation(2, 1);
    Tensor x = Samples.normal(1, 2, 6, 7, 3);
    Tensor dy = Samples.normal(2, 2, g.outH(6, 2), g.outW(7, 3), 3);
    Tensor y = Samples.blank(dy.shape().dims());
    Tensor dx = Samples.blank(x.shape().dims());
    KERNELS.avgPool2d(g, 2, 3, countPad, x, y);
    KERNELS.avgPool2dData(g, 2, 3, countPad, dy, dx);
    // a few hundred products near 1, each with a handful of roundings of 2^-24
    assertEquals(Samples.inner(y, dy), Samples.inner(x, dx), 1e-4);
  }

  @Test
  void gradientsOfAveragesMeetInTheOrderOfTheWindows() {
    Tensor dy = Tensor.of(Shape.of(1, 1, 4, 1), 3e8f, 3f, -3e8f, 0.5f);
    Tensor dx = Samples.blank(1, 1, 6, 1);
    KERNELS.avgPool2dData(Window.UNIT, 1, 3, true, dy, dx);
    float a = 3e8f / 3;
    assertEquals(((0f + a) + 1f) + -a, dx.at(2));
    assertEquals(((0f + 1f) + -a) + 0.5f / 3, dx.at(3));
  }
}
