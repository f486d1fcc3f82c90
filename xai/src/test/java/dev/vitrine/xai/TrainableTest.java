package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.GradientCheck;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.layer.LayerActivation;
import dev.vitrine.xai.rule.Composite;
import dev.vitrine.xai.rule.DeepLift;
import dev.vitrine.xai.rule.Lrp;
import dev.vitrine.xai.rule.LrpRule;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * An attribution is a value on the tape: a loss may contain it, and weights can be trained on it.
 */
class TrainableTest {
  private static final Tensor X = Nets.normal(61, 3, 4);
  private static final Tensor BASELINE = Nets.normal(62, 3, 4);
  private static final Tensor CLASSES = Tensor.of(Shape.of(3), new int[] {0, 2, 1});

  private static final Tensor[] WEIGHTS = {
    Nets.normal(63, 4, 6), Nets.normal(64, 6), Nets.normal(65, 6, 3), Nets.normal(66, 3)
  };

  /** Σ a², as a function of the weights. */
  private static Var loss(Expression e, UnaryOperator<Var> activation, List<Var> w) {
    Tape tape = w.getFirst().tape();
    Var x = tape.input("x", X);
    Network f =
        v -> {
          Var hidden = activation.apply(v.linear(w.get(0), w.get(1)));
          Var named = tape.scope("hidden", () -> hidden.scale(1));
          return named.linear(w.get(2), w.get(3));
        };
    Recording r =
        Recording.of(
            f,
            x,
            Target.Scale.LOGIT,
            tape.input("classes", CLASSES),
            null,
            Map.of("baseline", tape.input("baseline", BASELINE)));
    return e.on(r).square().total();
  }

  private static void check(Expression e, UnaryOperator<Var> activation) {
    for (int seed = 0; seed < 6; seed++) {
      var slopes =
          GradientCheck.along(Nets.SCALAR, w -> loss(e, activation, w), 2e-3, seed, WEIGHTS);
      // differences: 10⁻⁷ of the loss over 4·10⁻³, and third derivatives times 4·10⁻⁶
      assertTrue(slopes.error() < 2e-3, e + ", direction " + seed + ": " + slopes);
      assertTrue(slopes.scale() > 1e-2, "the loss depends on the weights: " + slopes);
    }
  }

  @Test
  void gradientsOfGradients() {
    check(new Saliency(true), Var::tanh);
    check(new Saliency(true), Var::softplus);
    check(new InputXGradient(), Var::gelu);
    check(new InputXGradient().at(Place.layer("hidden")), Var::tanh);
    check(new LayerActivation(Place.layer("hidden")), Var::softplus);
  }

  @Test
  void gradientsOfRelevance() {
    check(new Lrp(Composite.epsilon(0.5f)), Var::softplus);
    check(new Lrp(Composite.epsilon(0.5f)), Var::relu);
    check(new Lrp(Composite.everywhere("z⁺", LrpRule.zPlus())), Var::softplus);
    check(new Lrp(Composite.everywhere("w²", LrpRule.wSquare())), Var::relu);
    check(new Lrp(Composite.everywhere("γ", LrpRule.gamma(1))).start(Lrp.Start.ONE), Var::softplus);
  }

  @Test
  void gradientsOfMultipliers() {
    check(new DeepLift(), Var::tanh);
    check(new DeepLift(), Var::relu);
    check(new DeepLift().multipliers(), Var::softplus);
  }

  /** What the tape holds is what the explainer answers. */
  @Test
  void theExpressionHasTheExplainersBits() {
    for (Expression e :
        List.of(new Saliency(true), new Lrp(Composite.epsilon(0.5f)), new InputXGradient())) {
      Network f =
          v -> {
            Tape t = v.tape();
            Var hidden =
                v.linear(t.constant("w1", WEIGHTS[0]), t.constant("b1", WEIGHTS[1])).tanh();
            return hidden.linear(t.constant("w2", WEIGHTS[2]), t.constant("b2", WEIGHTS[3]));
          };
      try (Tape tape = Tape.eager(Nets.SCALAR);
          Subject s = Nets.subject(f)) {
        Var x = tape.input("x", X);
        Var a = e.on(Recording.of(f, x, tape.input("classes", CLASSES)));
        Attribution wanted = e.explain(s, X, Target.of(CLASSES.toInts()));
        assertEquals(wanted.hash(), TensorHash.of(a.value()), e.toString());
      }
    }
  }
}
