package dev.vitrine.xai.global;

import static dev.vitrine.nn.layer.Layers.linear;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Inference;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.metric.LogLoss;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.global.TracIn.Checkpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracInTest {
  /** ½·(y − t)². */
  private static final Loss HALF = (y, t) -> y.sub(t).square().total().scale(0.5f);

  private static Dataset values(Tensor x, float... y) {
    return Dataset.valued("test", x, Tensor.of(Shape.of(y.length, 1), y), List.of());
  }

  private static Model line(float w) {
    Model m = Model.sequential(linear(1, 1).bias(false));
    m.load(Map.of("linear1.weight", Tensor.of(Shape.of(1, 1), w)));
    return m;
  }

  /** Case 29: w = 0, z = (1, 1), z′ = (2, 1), η = .1. */
  @Test
  void byHand() {
    Dataset z = values(Tensor.of(Shape.of(1, 1), 1), 1);
    Dataset other = values(Tensor.of(Shape.of(1, 1), 2), 1);
    try (Model m = line(0)) {
      var t = new TracIn(List.of(new Checkpoint(m, 0.1)), HALF, Nets.SCALAR);
      assertEquals(0.2, t.of(z, other).values()[0][0]);
      assertEquals(0.1, t.ofThemselves(z)[0]);
    }
  }

  /** Gradient (w·x − y)·x at w = 0 and w = 1. */
  @Test
  void checkpointsAddUpWithTheirRates() {
    Dataset training = values(Tensor.of(Shape.of(3, 1), 1, 2, -1), 1, 1, 1);
    Dataset others = values(Tensor.of(Shape.of(1, 1), 2), 1);
    try (Model m0 = line(0);
        Model m1 = line(1)) {
      var t =
          new TracIn(List.of(new Checkpoint(m0, 0.5), new Checkpoint(m1, 0.25)), HALF, Nets.SCALAR);
      // at 0: −1, −2, 1 and −2; at 1: 0, 2, 2 and 2
      double[] wanted = {0.5 * 2, 0.5 * 4 + 0.25 * 4, 0.5 * -2 + 0.25 * 4};
      var influence = t.of(training, others);
      assertArrayEquals(wanted, influence.values()[0]);
      assertArrayEquals(new int[] {1, 0}, influence.proponents(0, 2));
      assertArrayEquals(new int[] {2}, influence.opponents(0, 1));
      assertArrayEquals(new double[] {0.5, 2 + 1, 0.5 + 1}, t.ofThemselves(training));
    }
  }

  /** One step down the gradient of z changes the loss of z′ by −η·∇ℓ·∇ℓ′, to first order. */
  @Test
  void itForetellsWhatASmallStepDoes() throws IOException {
    Tensor x = Nets.normal(1, 2, 4);
    Tensor labels = Tensor.of(Shape.of(2), new int[] {0, 2});
    List<String> classes = List.of("a", "b", "c");
    Dataset both = Dataset.labelled("test", x, labels, classes);
    try (Model m = Nets.smooth();
        Model before = Nets.smooth()) {
      double rate = 0.01;
      var t = new TracIn(List.of(new Checkpoint(before, rate)), Loss.crossEntropy(), Nets.SCALAR);
      double foretold = t.of(both.slice(0, 1), both.slice(1, 2)).values()[0][0];
      double old = loss(m, both.slice(1, 2));
      new Trainer(m)
          .loss(Loss.crossEntropy())
          .optimizer(Optimizer.sgd((float) rate))
          .keepWeights()
          .batch(1)
          .fit(both.slice(0, 1), 1);
      // second order: η²·curvature, some percent of the first
      assertEquals(foretold, old - loss(m, both.slice(1, 2)), 0.05 * Math.abs(foretold));
    }
  }

  private static double loss(Model m, Dataset data) {
    return LogLoss.ofLogits(Inference.outputs(m, data.inputs()), data.targets());
  }

  @Test
  void neitherOtherExamplesNorTheirOrderChangeAnInfluence() {
    Tensor x = Nets.normal(2, 80, 4);
    int[] labels = new int[80];
    for (int r = 0; r < 80; r++) {
      labels[r] = r % 3;
    }
    List<String> classes = List.of("a", "b", "c");
    Dataset all = Dataset.labelled("test", x, Tensor.of(Shape.of(80), labels), classes);
    try (Model m = Nets.smooth()) {
      var t = new TracIn(List.of(new Checkpoint(m, 1)), Loss.crossEntropy(), Nets.SCALAR);
      double[][] whole = t.of(all, all.slice(0, 3)).values();
      double[][] part = t.of(all.slice(60, 80), all.slice(2, 3)).values();
      for (int i = 0; i < 20; i++) {
        assertEquals(whole[2][60 + i], part[0][i]);
      }
      double[] own = t.ofThemselves(all.slice(0, 3));
      for (int i = 0; i < 3; i++) {
        assertEquals(whole[i][i], own[i]);
      }
    }
  }

  @Test
  void withoutCheckpointsThereIsNothingToTrace() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new TracIn(List.of(), Loss.mse(), Nets.SCALAR));
    assertTrue(e.getMessage().contains("at least one"), e.getMessage());
  }
}
