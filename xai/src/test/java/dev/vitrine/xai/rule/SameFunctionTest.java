package dev.vitrine.xai.rule;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import dev.vitrine.xai.AllMethods;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** One function has one explanation, however its network is written down. */
class SameFunctionTest {
  private static final Tensor X = Nets.normal(41, 3, 8, 8, 1);
  private static final Target TARGET = Target.of(2, 0, 1);

  private static Model model(Layer first, Layer second, Layer third) {
    return Model.sequential(
            conv2d(1, 4, 3),
            first,
            maxPool2d(2),
            conv2d(4, 6, 2),
            second,
            flatten(),
            linear(24, 8),
            third,
            linear(8, 3))
        .init(31);
  }

  private static Model separate() {
    return model(relu(), relu(), relu());
  }

  /** One ReLU for all three: Captum and SHAP fail or are silently wrong here. */
  private static Model reused() {
    Layer one = relu();
    return model(one, one, one);
  }

  /** Calls on values; only what has weights has a name. */
  private static Network functional(Map<String, Tensor> state) {
    return x -> {
      Var a = named("conv1", state, x, (w, b) -> x.conv2d(Window.UNIT, w, b)).relu();
      Var pooled = a.maxPool2d(2, 2, Window.UNIT.stride(2, 2));
      Var c = named("conv2", state, x, (w, b) -> pooled.conv2d(Window.UNIT, w, b));
      Var flat = c.relu().flatten();
      Var d = named("linear1", state, x, flat::linear).relu();
      return named("linear2", state, x, d::linear);
    };
  }

  private static Var named(
      String layer, Map<String, Tensor> state, Var x, BiFunction<Var, Var, Var> call) {
    Var w = x.tape().parameter("w", Objects.requireNonNull(state.get(layer + ".weight")));
    Var b = x.tape().parameter("b", Objects.requireNonNull(state.get(layer + ".bias")));
    return x.tape().scope(layer, () -> call.apply(w, b));
  }

  @Test
  void threeSpellingsHaveTheSameBits() {
    Tensor data = Nets.normal(42, 3, 8, 8, 1);
    try (Model separate = separate();
        Model reused = reused();
        Subject a = Subject.of(separate, Nets.SCALAR);
        Subject b = Subject.of(reused, Nets.SCALAR);
        Subject c = Nets.subject(functional(separate.state()))) {
      assertEquals(separate.hash(), reused.hash());
      for (Explainer e : AllMethods.ofLogits(Place.layer("conv2"), data, 0, 1, 2)) {
        float[] wanted = e.explain(a, X, TARGET).values().toFloats();
        assertArrayEquals(wanted, e.explain(b, X, TARGET).values().toFloats(), "reused: " + e);
        assertArrayEquals(wanted, e.explain(c, X, TARGET).values().toFloats(), "functional: " + e);
      }
    }
  }

  /** shap#3363: max pools behind a ReLU lose what baselines hold elsewhere in their windows. */
  @Test
  void deepLiftIsCompleteThroughAPoolBehindARelu() {
    try (Model m = separate();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      double explained = 0;
      for (int seed = 0; seed < 10; seed++) {
        Tensor from = Nets.normal(100 + seed, 3, 8, 8, 1);
        Attribution a = new DeepLift().baseline(Baseline.of(from)).explain(s, X, TARGET);
        float[] there = s.outputs(from).toFloats();
        for (int r = 0; r < 3; r++) {
          double difference = (double) a.outputs()[r] - there[3 * r + a.classes()[r]];
          double sum = Attribution.sum(a.row(r));
          // about a hundred roundings on the way back, of shares of size 1
          assertEquals(difference, sum, 1e-5, "row " + r);
          double gap = Objects.requireNonNull(a.convergence()).gap()[r];
          assertEquals(sum - difference, gap, 1e-6);
          explained += Math.abs(difference);
        }
      }
      assertTrue(explained > 0.1, "there was something to explain");
    }
  }
}
