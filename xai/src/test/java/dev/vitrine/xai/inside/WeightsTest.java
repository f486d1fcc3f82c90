package dev.vitrine.xai.inside;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsTest {

  @Test
  void ofEachParameterByName() {
    try (Model m = Nets.images()) {
      List<Weights> all = Weights.of(m, 7);
      assertEquals(m.parameters().size(), all.size());
      assertEquals(m.parameters().getFirst().name(), all.getFirst().name());
      for (Weights w : all) {
        assertEquals(w.shape().size(), w.distribution().count());
      }
    }
  }

  @Test
  void statisticsByHand() {
    Weights w = Weights.of("w", Tensor.of(Shape.of(2, 2), 1, 0, -1, 4), 5);
    assertEquals(1, w.distribution().mean());
    assertEquals(Math.sqrt(14 / 4.0), w.distribution().deviation(), 1e-15);
    assertEquals(0.25, w.distribution().zeros());
    assertArrayEquals(new long[] {1, 1, 1, 0, 1}, w.histogram().counts());
  }

  @Test
  void filtersAreImagesOfTheirInput() {
    Tensor w = Tensor.of(Shape.of(1, 2, 2, 3), 0, 10, 20, 1, 11, 21, 2, 12, 22, 3, 13, 23);
    List<Tensor> f = Weights.filters(w);
    assertEquals(3, f.size());
    assertEquals(Shape.of(1, 2, 2), f.getFirst().shape());
    assertArrayEquals(new float[] {10, 11, 12, 13}, f.get(1).toFloats());
    List<Tensor> lines =
        Weights.filters(Tensor.of(Shape.of(4, 2), 0, 9, 1, 8, 2, 7, 3, 6), Shape.of(2, 2, 1));
    assertEquals(Shape.of(2, 2, 1), lines.getLast().shape());
    assertArrayEquals(new float[] {9, 8, 7, 6}, lines.getLast().toFloats());
    var e = assertThrows(IllegalArgumentException.class, () -> Weights.filters(lines.getFirst()));
    assertTrue(e.getMessage().contains("[kh, kw, in, out]"), e.getMessage());
  }
}
