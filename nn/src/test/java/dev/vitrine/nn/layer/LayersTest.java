package dev.vitrine.nn.layer;

import static dev.vitrine.nn.layer.Layers.avgPool2d;
import static dev.vitrine.nn.layer.Layers.block;
import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.globalAvgPool2d;
import static dev.vitrine.nn.layer.Layers.layerNorm;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;
import static dev.vitrine.nn.layer.Layers.residual;
import static dev.vitrine.nn.layer.Layers.softmax;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Init;
import dev.vitrine.nn.Inits;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Parameter;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LayersTest {
  private final Tape tape = Tape.eager(Device.of("scalar", 1));

  @AfterEach
  void close() {
    tape.close();
  }

  private Var images(int... dims) {
    Tensor t = Tensor.of(Shape.of(dims), new float[(int) Shape.of(dims).size()]);
    Inits.uniform(1).fill(t, 1, 0);
    return tape.input("x", t);
  }

  @Test
  void parametersAreNamedByKindAndNumber() {
    try (Model m =
        Model.sequential(
            conv2d(1, 4, 3),
            relu(),
            conv2d(4, 4, 3).bias(false),
            residual(conv2d(4, 4, 3).padding(1), block(relu(), conv2d(4, 4, 1))),
            flatten(),
            linear(64, 10))) {
      assertEquals(
          List.of(
              "conv1.weight",
              "conv1.bias",
              "conv2.weight",
              "residual1.conv1.weight",
              "residual1.conv1.bias",
              "residual1.block1.conv1.weight",
              "residual1.block1.conv1.bias",
              "linear1.weight",
              "linear1.bias"),
          m.parameters().stream().map(Parameter::name).toList());
      assertEquals(Shape.of(3, 3, 1, 4), m.parameters().getFirst().shape());
      Var y = m.record(images(2, 8, 8, 1), Mode.EVALUATION);
      assertEquals(Shape.of(2, 10), y.shape());
      assertTrue(
          tape.nodes().stream().anyMatch(n -> n.name().equals("residual1.conv1")),
          "nodes carry the names of their layers");
    }
  }

  @Test
  void firstValuesLieInPyTorchsBounds() {
    try (Model m = Model.sequential(conv2d(8, 6, 3, 5).groups(2), linear(30, 7))) {
      double conv = 1 / Math.sqrt(3 * 5 * 4);
      double[] bounds = {conv, conv, 1 / Math.sqrt(30), 1 / Math.sqrt(30)};
      for (int i = 0; i < bounds.length; i++) {
        double largest = 0;
        for (float v : m.parameters().get(i).value().toFloats()) {
          largest = Math.max(largest, Math.abs(v));
        }
        assertTrue(largest <= bounds[i] && largest > bounds[i] / 2, largest + " of " + bounds[i]);
      }
      String hash = m.hash();
      assertEquals(hash, m.init(0).hash());
      assertTrue(!hash.equals(m.init(1).hash()));
    }
  }

  @Test
  void firstValuesCanBeChosen() {
    try (Model m =
        Model.sequential(
            linear(2, 3).init(Init.ONES, Inits.constant(5)).bias(true),
            conv2d(3, 1, 1).init(Init.ONES, Init.ZEROS).stride(2))) {
      assertArrayEquals(new float[] {5, 5, 5}, m.state().get("linear1.bias").toFloats());
      assertArrayEquals(new float[] {1, 1, 1}, m.state().get("conv1.weight").toFloats());
    }
  }

  @Test
  void linearIsAProduct() {
    try (Model m = Model.sequential(linear(2, 2))) {
      m.state().get("linear1.weight").set(1, 2, 3, 4);
      m.state().get("linear1.bias").set(10, 20);
      Var x = tape.input("x", Tensor.of(Shape.of(1, 2), 5, 6));
      Tensor y = m.record(x, Mode.EVALUATION).value();
      assertArrayEquals(new float[] {5 + 18 + 10, 10 + 24 + 20}, y.toFloats());
    }
  }

  @Test
  void shapesFollowStridePaddingAndGroups() {
    Var x = images(2, 9, 7, 4);
    try (Model m = Model.sequential(conv2d(4, 6, 3, 5).stride(2, 1).padding(1, 2).groups(2))) {
      assertEquals(Shape.of(2, 5, 7, 6), m.record(x, Mode.EVALUATION).shape());
    }
    assertEquals(Shape.of(2, 4, 3, 4), maxPool2d(2).forward(x, Mode.EVALUATION).shape());
    assertEquals(Shape.of(2, 5, 4, 4), avgPool2d(2).padding(1).forward(x, Mode.EVALUATION).shape());
    assertEquals(Shape.of(2, 1, 1, 4), globalAvgPool2d().forward(x, Mode.EVALUATION).shape());
    assertEquals(Shape.of(2, 9 * 7 * 4), flatten().forward(x, Mode.EVALUATION).shape());
  }

  @Test
  void globalPoolIsTheMeanOfEachChannel() {
    Var x = tape.input("x", Tensor.of(Shape.of(1, 2, 2, 2), 1, 10, 2, 20, 3, 30, 6, 60));
    Tensor y = globalAvgPool2d().forward(x, Mode.EVALUATION).value();
    assertArrayEquals(new float[] {3, 30}, y.toFloats());
  }

  @Test
  void residualAddsItsInputAndRefusesOtherShapes() {
    Var x = images(1, 4, 4, 2);
    Var y = residual(relu()).forward(x, Mode.EVALUATION);
    for (int i = 0; i < y.shape().size(); i++) {
      float v = x.value().at(i);
      assertEquals(v + Math.max(v, 0), y.value().at(i));
    }
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> residual(globalAvgPool2d()).forward(x, Mode.EVALUATION));
    assertTrue(e.getMessage().contains("[1, 1, 1, 2]"), e.getMessage());
  }

  @Test
  void layerNormHasMeanZeroAndVarianceOne() {
    try (Model m = Model.sequential(layerNorm(5))) {
      Tensor y = m.record(images(3, 5), Mode.EVALUATION).value();
      for (int r = 0; r < 3; r++) {
        double sum = 0;
        double squares = 0;
        for (int j = 0; j < 5; j++) {
          sum += y.at(r * 5 + j);
          squares += y.at(r * 5 + j) * y.at(r * 5 + j);
        }
        assertEquals(0, sum, 1e-6);
        // ε = 1e-5 against a variance of about 1/3
        assertEquals(5, squares, 5e-4);
      }
    }
  }

  @Test
  void softmaxRowsAddUpToOne() {
    Tensor y = softmax().forward(images(4, 3), Mode.EVALUATION).value();
    for (int r = 0; r < 4; r++) {
      assertEquals(1, y.at(3L * r) + y.at(3L * r + 1) + y.at(3L * r + 2), 3e-7);
    }
  }

  @Test
  void aLayerBelongsToOneModel() {
    Linear shared = linear(2, 2);
    try (Model first = Model.sequential(shared)) {
      assertThrows(IllegalStateException.class, () -> Model.sequential(shared));
      assertEquals(6, first.size());
    }
  }
}
