package dev.vitrine.xai.inside;

import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivationsTest {

  /** Three units: x, −9 whatever x, and −x. */
  private static Model planted() {
    Model m = Model.sequential(linear(1, 3), relu(), linear(3, 2));
    m.load(
        Map.of(
            "linear1.weight", Tensor.of(Shape.of(1, 3), 1, 0, -1),
            "linear1.bias", Tensor.of(Shape.of(3), 0, -9, 0),
            "linear2.weight", Tensor.of(Shape.of(3, 2), new float[6]),
            "linear2.bias", Tensor.of(Shape.of(2), 1, 2)));
    return m;
  }

  @Test
  void deadUnitsAreFound() {
    Tensor x = Tensor.of(Shape.of(4, 1), 3, 1, -2, 0);
    try (Model m = planted();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Activations a = Activations.of(s, x, Place.layer("relu1"), 3);
      assertArrayEquals(new int[] {1}, a.dead());
      assertArrayEquals(new int[] {1}, a.constant());
      Distribution first = a.units().getFirst();
      assertEquals(new Distribution(4, 1, Math.sqrt(6 / 4.0), 0, 3, 0.5), first);
      assertEquals(12, a.all().count());
      assertEquals(0.75, a.all().zeros());
      // 3 in the last bin, 1 and 2 in those before
      assertArrayEquals(new long[] {9, 1, 2}, a.histogram().counts());
      assertArrayEquals(new double[] {0, 1, 2, 3}, a.histogram().edges());
      Activations constant = Activations.of(s, x, Place.layer("linear2"), 4);
      assertArrayEquals(new int[] {0, 1}, constant.constant());
      assertArrayEquals(new int[0], constant.dead());
    }
  }

  @Test
  void aChannelIsAUnitWithAllItsPositions() {
    Tensor x = Nets.normal(1, 300, 8, 8, 1);
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Activations a = Activations.of(s, x, Place.layer("conv1"), 10);
      assertEquals(Shape.of(6, 6, 5), a.shape());
      assertEquals(5, a.units().size());
      assertEquals(300 * 36, a.units().getFirst().count());
      assertEquals(300 * 36 * 5, Arrays.stream(a.histogram().counts()).sum());
      double mean = a.units().stream().mapToDouble(Distribution::mean).sum() / 5;
      assertEquals(mean, a.all().mean(), 1e-12, "means of equally many numbers");
      Activations little = Activations.of(s.within(1), x, Place.layer("conv1"), 10);
      assertEquals(a.units(), little.units());
      assertArrayEquals(a.histogram().counts(), little.histogram().counts());
    }
  }

  @Test
  void aFunctionHasNoInside() {
    Subject s = Subject.of(x -> x, "rule");
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Activations.of(s, Nets.row(1, 2), Place.input(), 3));
    assertTrue(e.getMessage().contains("only outputs are known"), e.getMessage());
  }
}
