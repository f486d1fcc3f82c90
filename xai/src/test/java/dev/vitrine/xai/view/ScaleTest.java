package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void oneExtremePixelDoesNotHideTheRest() {
    float[] values = new float[784];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 2 == 0 ? 1 : -1) * (i + 1) / 784f;
    }
    values[5] = 1e6f;
    Heatmap map = Heatmap.of(values, 28, 28);
    // Nearest rank: ⌈0.99 · 784⌉ = 777, and the extreme pixel moved up from rank 6.
    assertEquals(778 / 784f, map.scale().limit());
    assertEquals(7, map.cutCount());
    assertEquals(1e6, Scale.max(map).limit());
  }

  @Test
  void zerosHaveNoSay() {
    float[] values = new float[10_000];
    values[17] = -3;
    assertEquals(3, Heatmap.of(values, 100, 100).scale().limit());
  }

  @Test
  void nanAndInfinityHaveNoSayButInfinityIsCut() {
    float nan = Float.NaN;
    Heatmap map = Heatmap.of(new float[] {nan, Float.NEGATIVE_INFINITY, 2, -1}, 2, 2);
    assertEquals(2, map.scale().limit());
    assertEquals(1, map.nanCount());
    assertEquals(1, map.cutCount());
    assertEquals(-1, map.scale().at(Double.NEGATIVE_INFINITY));
    assertTrue(Double.isNaN(map.scale().at(Double.NaN)));
  }

  @Test
  void bothSidesOfZeroAreScaledAlike() {
    var scale = new Scale(4);
    assertEquals(0.25, scale.at(1));
    assertEquals(-0.25, scale.at(-1));
    assertEquals(1, scale.at(9));
    assertFalse(scale.cuts(-4));
    assertTrue(scale.cuts(-4.5));
  }

  @Test
  void aMapOfZerosIsDrawnAsZeros() {
    Heatmap zeros = Heatmap.of(new float[6], 2, 3);
    assertEquals(0, zeros.scale().limit());
    assertEquals(0, zeros.cutCount());
    assertEquals(ColorMap.DIVERGING.rgb(0), zeros.rgb(1, 2));
    assertEquals(1, new Scale(0).at(1e-30), "whatever is not zero lies beyond a scale of zeros");
  }

  @Test
  void severalMapsShareOneScale() {
    Heatmap small = Heatmap.of(new float[] {1, -2}, 1, 2);
    Heatmap large = Heatmap.of(new float[] {3, 8}, 1, 2);
    assertEquals(8, Scale.max(small, large).limit());
    assertEquals(2, Scale.percentile(50, small, large).limit());
  }

  @Test
  void impossibleScalesAreRefused() {
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new Scale(bad));
    }
    for (double bad : new double[] {0, 101, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Scale.percentile(bad));
    }
  }
}
