package dev.vitrine.xai.train;

import static dev.vitrine.nn.layer.Layers.linear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.rule.Composite;
import dev.vitrine.xai.rule.Lrp;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RightReasonsTest {
  private static final int ROWS = 5;
  private static final Tensor X = Nets.normal(31, ROWS, 4);
  private static final Tensor LABELS = Tensor.of(Shape.of(ROWS), new int[] {0, 2, 1, 1, 0});
  private static final Tensor MASK = Tensor.of(Shape.of(4), 0, 1, 0, 0.5f);

  private static double value(Model m, RightReasons prior) {
    try (Tape tape = Tape.eager(Nets.SCALAR)) {
      return penalty(m, prior, tape).value().item();
    }
  }

  private static Var penalty(Model m, RightReasons prior, Tape tape) {
    Var x = tape.input("x", X);
    return prior.of(x, m.record(x, Mode.EVALUATION), tape.input("y", LABELS));
  }

  /** Weight [i, k] of the only layer. */
  private static double w(Model m, int i, int k) {
    return m.parameters().getFirst().value().at(3L * i + k);
  }

  @Test
  void ofALinearSoftmaxItIsTheFormulaOfThePaper() {
    try (Model m = Model.sequential(linear(4, 3)).init(8)) {
      double sum = 0;
      for (int n = 0; n < ROWS; n++) {
        double[] p = probabilities(m, n);
        for (int i = 0; i < 4; i++) {
          double slope = 0; // ∂/∂x Σ_k ln p_k = Σ_k w_k − K·Σ_k p_k·w_k
          for (int k = 0; k < 3; k++) {
            slope += w(m, i, k) * (1 - 3 * p[k]);
          }
          sum += slope * MASK.at(i) * slope * MASK.at(i);
        }
      }
      assertEquals(7 * sum / ROWS, value(m, new RightReasons(7, MASK)), 1e-5 * sum);
    }
  }

  private static double[] probabilities(Model m, int n) {
    double[] p = new double[3];
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      double z = m.parameters().getLast().value().at(k);
      for (int i = 0; i < 4; i++) {
        z += X.at(4L * n + i) * w(m, i, k);
      }
      p[k] = StrictMath.exp(z);
      sum += p[k];
    }
    for (int k = 0; k < 3; k++) {
      p[k] /= sum;
    }
    return p;
  }

  @Test
  void otherExplanationsAreOfTheLabel() {
    try (Model m = Model.sequential(linear(4, 3)).init(8)) {
      double sum = 0;
      for (int n = 0; n < ROWS; n++) {
        for (int i = 0; i < 4; i++) {
          double a = X.at(4L * n + i) * w(m, i, LABELS.intAt(n)) * MASK.at(i);
          sum += a * a;
        }
      }
      assertEquals(
          sum / ROWS, value(m, new RightReasons(1, MASK, new InputXGradient())), 1e-5 * sum);
      // LRP-0 of a linear layer is the same; its ε of 10⁻⁶ stands beside logits near 1
      assertEquals(sum / ROWS, value(m, new RightReasons(1, MASK, Lrp.epsilon())), 1e-4 * sum);
    }
  }

  @Test
  void everyExplanationHasAGradientTowardsTheWeights() {
    directional(new RightReasons(1, MASK));
    directional(new RightReasons(1, MASK, new Saliency()));
    directional(new RightReasons(1, MASK, new InputXGradient()));
    directional(new RightReasons(1, MASK, new Lrp(Composite.epsilon(0.25f))));
    var scale = Target.Scale.LOG_PROBABILITY;
    directional(new RightReasons(1, MASK, new InputXGradient(), scale));
  }

  /** The slope along a direction of the weights, by the tape and by finite differences. */
  private static void directional(RightReasons prior) {
    float h = 1 / 256f;
    try (Model m = Nets.smooth();
        Tape tape = Tape.eager(Nets.SCALAR)) {
      Var x = tape.input("x", X);
      Var y = m.record(x, Mode.EVALUATION);
      Var value = prior.of(x, y, tape.input("y", LABELS));
      Tensor w = m.parameters().getFirst().value();
      Tensor slope = tape.gradient(value, m.parameters().getFirst().on(x)).value();
      Tensor direction = Nets.normal(32, w.shape().dims());
      double expected = 0;
      for (long i = 0; i < w.size(); i++) {
        expected += slope.at(i) * direction.at(i);
      }
      move(w, direction, h);
      double after = value(m, prior);
      move(w, direction, -2 * h);
      double before = value(m, prior);
      double found = (after - before) / (2 * h);
      // differences of second order in h, and values with a rounding of 1e-6 that lie 2h apart
      double level = value(m, prior);
      double rounding = 1e-6 * level / (2 * h);
      assertEquals(expected, found, 0.01 * Math.abs(expected) + rounding, prior.toString());
      assertTrue(Math.abs(expected) > 10 * rounding, "a slope hardly told from none: " + expected);
    }
  }

  private static void move(Tensor w, Tensor direction, float by) {
    for (long i = 0; i < w.size(); i++) {
      w.put(i, w.at(i) + by * direction.at(i));
    }
  }

  @Test
  void theRecordedOutputsAreUsedAndLayersAreFound() {
    try (Model m = Nets.smooth();
        Tape tape = Tape.recording(Nets.SCALAR)) {
      Var x = tape.input("x", X);
      Var y = m.record(x, Mode.EVALUATION);
      int nodes = tape.nodes().size();
      var r = Recording.of(x, y, Target.Scale.LOGIT, tape.input("y", LABELS));
      assertSame(y, r.outputs());
      assertEquals(Shape.of(ROWS, 8), Place.layer("tanh2").in(r).shape());
      assertEquals(nodes + 1, tape.nodes().size(), "the labels alone are new");
      Expression hidden = new Saliency().at(Place.layer("tanh2"));
      Tensor mask = Tensor.of(Shape.of(8), new float[8]);
      assertEquals(
          Shape.SCALAR,
          new RightReasons(1, mask, hidden).of(x, y, tape.input("y", LABELS)).shape());
    }
  }

  /** Two columns say the class; one of them must not be listened to. */
  @Test
  void aModelLearnsToLookElsewhere() throws IOException {
    Tensor x = Nets.normal(33, 200, 2);
    Tensor y = Tensor.of(Shape.of(200), new int[200]);
    for (int n = 0; n < 200; n++) {
      y.putInt(n, x.at(2L * n) > 0 ? 1 : 0);
      x.put(2L * n + 1, 3 * x.at(2L * n));
    }
    Dataset data = Dataset.labelled("twins", x, y, List.of("below", "above"));
    try (Model plain = Model.sequential(linear(2, 2));
        Model guided = Model.sequential(linear(2, 2))) {
      Trainer t = new Trainer(plain).device(Nets.SCALAR).optimizer(Optimizer.adam(0.05f));
      t.fit(data, 20);
      new Trainer(guided)
          .device(Nets.SCALAR)
          .optimizer(Optimizer.adam(0.05f))
          .penalty(new RightReasons(10, Tensor.of(Shape.of(2), 0, 1)))
          .fit(data, 20);
      assertTrue(slope(plain, 1) > 1, "plain: " + slope(plain, 1));
      assertTrue(slope(guided, 1) < 0.05, "guided: " + slope(guided, 1));
      assertTrue(slope(guided, 0) > 1, "guided, the other column: " + slope(guided, 0));
    }
  }

  /** How much more column i says "above" than "below". */
  private static double slope(Model m, int i) {
    Tensor w = m.parameters().getFirst().value();
    return Math.abs(w.at(2L * i + 1) - w.at(2L * i));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RightReasons(-1, MASK));
    assertThrows(IllegalArgumentException.class, () -> new RightReasons(Float.NaN, MASK));
    try (Model m = Nets.smooth();
        Tape tape = Tape.recording(Nets.SCALAR)) {
      var narrow = new RightReasons(1, Tensor.of(Shape.of(3), 1, 1, 1));
      var e = assertThrows(IllegalArgumentException.class, () -> penalty(m, narrow, tape));
      assertTrue(
          e.getMessage().contains("mask has shape [3], Saliency of a row has [4]"), e.getMessage());
      Var x = tape.input("x", X);
      Var y = m.record(x, Mode.EVALUATION);
      var f =
          assertThrows(IllegalArgumentException.class, () -> new RightReasons(1, MASK).of(x, y, y));
      assertTrue(f.getMessage().contains("a label per row"), f.getMessage());
    }
  }
}
