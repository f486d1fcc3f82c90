package dev.vitrine.xai.inside;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.layer.Layers;
import org.junit.jupiter.api.Test;

class CurveTest {

  @Test
  void aReluHasAKinkAtZero() {
    Curve c = Curve.of(Layers.relu(), -1, 1, 5);
    assertArrayEquals(new float[] {-1, -0.5f, 0, 0.5f, 1}, c.x());
    assertArrayEquals(new float[] {0, 0, 0, 0.5f, 1}, c.y());
    assertArrayEquals(new float[] {0, 0, 0, 1, 1}, c.slope(), "0 at 0, as the engine has it");
  }

  @Test
  void slopesAreThoseOfTheFormula() {
    Curve c = Curve.of(Layers.tanh(), -4, 4, 81);
    for (int i = 0; i < 81; i++) {
      double t = StrictMath.tanh(c.x()[i]);
      assertEquals(t, c.y()[i], 3e-7, "2 ulp of 1");
      assertEquals(1 - t * t, c.slope()[i], 6e-7, "twice that");
    }
  }

  @Test
  void whatMixesElementsIsNoCurve() {
    var e = assertThrows(IllegalArgumentException.class, () -> Curve.of(x -> x.sum(0), 0, 1, 3));
    assertTrue(e.getMessage().contains("each element by itself"), e.getMessage());
  }
}
