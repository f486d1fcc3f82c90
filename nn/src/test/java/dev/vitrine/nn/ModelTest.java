package dev.vitrine.nn;

import static dev.vitrine.nn.layer.Layers.batchNorm;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.layer.Linear;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static Model model() {
    return Model.sequential(linear(3, 4), batchNorm(4), tanh(), linear(4, 2));
  }

  @Test
  void theSameSeedDrawsTheSameValues() {
    try (Model a = model();
        Model b = model()) {
      assertEquals(a.hash(), b.hash(), "a new model is drawn with seed 0");
      assertEquals(a.init(5).hash(), b.init(9).init(5).hash());
      assertNotEquals(a.hash(), b.init(6).hash());
    }
  }

  @Test
  void valuesDependOnTheSeedAndTheirPlaceAlone() {
    try (Model a = Model.sequential(linear(3, 4), tanh(), linear(4, 2)).init(1);
        Model b = Model.sequential(linear(9, 4), tanh(), linear(4, 2)).init(1)) {
      for (int i = 2; i < 4; i++) {
        assertArrayEquals(
            a.parameters().get(i).value().toFloats(), b.parameters().get(i).value().toFloats());
      }
    }
  }

  @Test
  void parametersAreNamedByTheirPath() {
    try (Model m = model()) {
      assertEquals(
          List.of(
              "linear1.weight",
              "linear1.bias",
              "norm1.weight",
              "norm1.bias",
              "norm1.running_mean",
              "norm1.running_var",
              "linear2.weight",
              "linear2.bias"),
          List.copyOf(m.state().keySet()));
      assertEquals(3 * 4 + 4 + 4 + 4 + 4 * 2 + 2, m.size(), "running statistics are not trained");
    }
  }

  @Test
  void aLayerBelongsToOneModel() {
    Linear shared = linear(3, 3);
    try (Model m = Model.sequential(shared)) {
      assertEquals(2, m.parameters().size());
      assertThrows(IllegalStateException.class, () -> Model.sequential(shared));
    }
  }

  @Test
  void loadedValuesReplaceAll() {
    try (Model a = model().init(1);
        Model b = model().init(2)) {
      b.load(a.state());
      assertEquals(a.hash(), b.hash());
    }
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingIsChanged() {
    Tensor number = Tensor.of(Shape.of(2), 1, 2);
    refused(s -> s.remove("linear2.bias"), "has no \"linear2.bias\"");
    refused(s -> s.put("linear3.bias", number), "\"linear3.bias\", which this model does not know");
    refused(s -> s.put("linear2.weight", number), "\"linear2.weight\" has shape");
    refused(s -> s.put("linear2.bias", Tensor.of(Shape.of(2), new int[] {1, 2})), "INT32");
  }

  /** A change to a state. */
  private interface Damage {
    void to(Map<String, Tensor> state);
  }

  private static void refused(Damage damage, String message) {
    try (Model a = model().init(1);
        Model b = model().init(2)) {
      Map<String, Tensor> state = new LinkedHashMap<>(a.state());
      damage.to(state);
      String before = b.hash();
      var e = assertThrows(IllegalArgumentException.class, () -> b.load(state));
      assertTrue(e.getMessage().contains(message), e.getMessage());
      assertEquals(before, b.hash());
    }
  }
}
