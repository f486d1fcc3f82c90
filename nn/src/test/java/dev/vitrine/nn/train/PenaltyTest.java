package dev.vitrine.nn.train;

import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Parameter;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PenaltyTest {
  private static final Dataset DATA = Rows.of();

  /** Σ (∂ Σ_k y_k/∂x)², whose gradient towards the weights is of second order. */
  private static final Penalty STEEPNESS =
      (x, y, t) -> x.tape().gradient(y.total(), x).square().total();

  @Test
  void aConstantIsAddedToTheLossAndMovesNoWeight() throws IOException {
    try (Model plain = Rows.model();
        Model same = Rows.model();
        Model other = Rows.model()) {
      double loss = Rows.trainer(plain).fit(DATA, 2).getLast().loss();
      Penalty three = (x, y, t) -> x.tape().constant(3);
      double more = Rows.trainer(same).penalty(three).fit(DATA, 2).getLast().loss();
      assertEquals(plain.hash(), same.hash());
      assertEquals(loss + 3, more, 1e-6, "each of five losses was rounded once more");
      Rows.trainer(other).penalty(STEEPNESS).fit(DATA, 2);
      assertNotEquals(plain.hash(), other.hash());
    }
  }

  @Test
  void theSlopeOfALinearLayerHasAKnownGradient() throws IOException {
    int n = DATA.size();
    float rate = 1 / 128f;
    try (Model m = Model.sequential(linear(3, 3)).init(5)) {
      Tensor w = m.parameters().getFirst().value();
      double[] expected = new double[9];
      for (int i = 0; i < 3; i++) {
        double slope = w.at(3L * i) + w.at(3L * i + 1) + w.at(3L * i + 2);
        for (int k = 0; k < 3; k++) {
          // n·Σ_i (Σ_k w[i, k])² has the gradient 2n·Σ_k w[i, k]
          expected[3 * i + k] = w.at(3L * i + k) - rate * 2 * n * slope;
        }
      }
      Rows.trainer(m)
          .keepWeights()
          .batch(n)
          .loss((y, t) -> y.total().scale(0))
          .penalty(STEEPNESS)
          .optimizer(Optimizer.sgd(rate))
          .fit(DATA, 1);
      for (int i = 0; i < 9; i++) {
        assertEquals(expected[i], w.at(i), 2e-6, "a sum of 22 floats below 2");
      }
    }
  }

  @Test
  void theCompiledStepIsTheEagerOne() throws IOException {
    float rate = 1 / 8f;
    try (Model m = Model.sequential(linear(3, 8), tanh(), linear(8, 3)).init(5);
        Tape tape = Tape.eager(Rows.SCALAR)) {
      Var x = tape.input("x", DATA.inputs());
      Var y = m.record(x, Mode.EVALUATION);
      Var t = tape.input("y", DATA.targets());
      Var loss = Loss.crossEntropy().of(y, t).add(STEEPNESS.of(x, y, t));
      List<Var> weights = m.parameters().stream().map(p -> p.on(x)).toList();
      Flow flow = tape.gradients(loss, weights);
      List<float[]> expected =
          weights.stream().map(w -> stepped(w, Objects.requireNonNull(flow.at(w)), rate)).toList();
      Rows.trainer(m)
          .keepWeights()
          .batch(DATA.size())
          .penalty(STEEPNESS)
          .optimizer(Optimizer.sgd(rate))
          .callback(
              new Callback() {
                @Override
                public void step(Moment s) {
                  assertEquals(loss.value().item(), s.loss(), 1e-5 * s.loss(), "another row order");
                }
              })
          .fit(DATA, 1);
      for (int i = 0; i < expected.size(); i++) {
        Parameter p = m.parameters().get(i);
        assertArrayEquals(expected.get(i), p.value().toFloats(), 1e-5f, p.name());
      }
    }
  }

  private static float[] stepped(Var w, Var g, float rate) {
    float[] values = w.value().toFloats();
    float[] slope = g.value().toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] -= rate * slope[i];
    }
    return values;
  }

  @Test
  void onlyAScalarCanBeAdded() {
    try (Model m = Rows.model()) {
      Trainer t = Rows.trainer(m).penalty((x, y, labels) -> y.square());
      var e = assertThrows(IllegalArgumentException.class, () -> t.fit(DATA, 1));
      assertTrue(e.getMessage().contains("[5, 3], a scalar is needed"), e.getMessage());
    }
  }
}
