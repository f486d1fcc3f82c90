package dev.vitrine.xai.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Each rule on one dense layer as a formula on plain arrays, as zennit tests its own: x, W and b of
 * both signs, and x ≥ 0 behind a ReLU, where the rules take a shorter way.
 */
class DenseRulesTest {
  private static final int IN = 6;
  private static final int OUT = 5;
  private static final double STABILISER = 1e-6;

  /** What x_i and b_j put into z_j: [i] the inputs' terms, [IN] the bias. */
  @FunctionalInterface
  private interface Terms {
    double of(double x, double w);
  }

  private static double up(double v) {
    return Math.max(v, 0);
  }

  private static double down(double v) {
    return Math.min(v, 0);
  }

  /** Shares of a relevance of 1 that arrives at one neuron. */
  private static double[] shares(
      double[] x, double[] w, double b, Terms terms, DoubleUnaryOperator bias, double epsilon) {
    double z = bias.applyAsDouble(b);
    for (int i = 0; i < IN; i++) {
      z += terms.of(x[i], w[i]);
    }
    z += z >= 0 ? epsilon : -epsilon;
    double[] r = new double[IN];
    for (int i = 0; i < IN; i++) {
      r[i] = terms.of(x[i], w[i]) / z;
    }
    return r;
  }

  /** A rule as a formula: the shares of one neuron. */
  @FunctionalInterface
  private interface Formula {
    double[] of(double[] x, double[] w, double b);
  }

  private static Formula simple(Terms terms, DoubleUnaryOperator bias, double epsilon) {
    return (x, w, b) -> shares(x, w, b, terms, bias, epsilon);
  }

  private static Formula alphaBeta(double alpha, double beta) {
    return (x, w, b) -> {
      double[] plus = shares(x, w, b, (xi, wi) -> up(xi * wi), DenseRulesTest::up, STABILISER);
      double[] minus = shares(x, w, b, (xi, wi) -> down(xi * wi), DenseRulesTest::down, STABILISER);
      double[] r = new double[IN];
      for (int i = 0; i < IN; i++) {
        r[i] = alpha * plus[i] - beta * minus[i];
      }
      return r;
    };
  }

  /** What agrees with the sign of z counts 1 + γ times. */
  private static Formula gamma(double gamma) {
    return (x, w, b) -> {
      double z = b;
      for (int i = 0; i < IN; i++) {
        z += x[i] * w[i];
      }
      double sign = z > 0 ? 1 : -1;
      DoubleUnaryOperator agreeing = v -> sign * v > 0 ? v * (1 + gamma) : v;
      return shares(x, w, b, (xi, wi) -> agreeing.applyAsDouble(xi * wi), agreeing, STABILISER);
    };
  }

  private static void check(LrpRule rule, Formula formula) {
    check(new Lrp(Composite.everywhere("one rule", rule)).start(Lrp.Start.ONE), formula);
  }

  private static void check(Explainer lrp, Formula formula) {
    for (int seed = 0; seed < 12; seed++) {
      Tensor w = Nets.normal(300 + seed, IN, OUT);
      Tensor b = Nets.normal(400 + seed, OUT);
      Tensor x = Nets.normal(500 + seed, 1, IN);
      Network plain = v -> layer(v, w, b);
      Network behind = v -> layer(v.relu(), w, b);
      for (boolean relu : new boolean[] {false, true}) {
        try (Subject s = Nets.subject(relu ? behind : plain)) {
          for (int j = 0; j < OUT; j++) {
            double[] in = new double[IN];
            double[] column = new double[IN];
            for (int i = 0; i < IN; i++) {
              in[i] = relu ? up(x.at(i)) : x.at(i);
              column[i] = w.at((long) i * OUT + j);
            }
            double[] wanted = formula.of(in, column, b.at(j));
            float[] given = lrp.explain(s, x, Target.of(j)).values().toFloats();
            double size = 1;
            for (double v : wanted) {
              size += v * v;
            }
            for (int i = 0; i < IN; i++) {
              String what =
                  lrp + ", seed " + seed + ", neuron " + j + (relu ? " behind a ReLU" : "");
              // z is a sum of seven floats that may cancel to a hundredth of their size: then
              // shares are large, and their errors grow with their squares
              assertEquals(wanted[i], given[i], 2e-6 * size, what);
            }
          }
        }
      }
    }
  }

  private static Var layer(Var x, Tensor w, Tensor b) {
    return x.linear(x.tape().constant("w", w), x.tape().constant("b", b));
  }

  @Test
  void epsilon() {
    check(LrpRule.epsilon(0.25f), simple((x, w) -> x * w, b -> b, 0.25));
    check(LrpRule.epsilon(1e-6f), simple((x, w) -> x * w, b -> b, 1e-6));
  }

  @Test
  void zPlus() {
    check(LrpRule.zPlus(), simple((x, w) -> up(x * w), DenseRulesTest::up, STABILISER));
  }

  @Test
  void alphaBeta() {
    check(LrpRule.alphaBeta(2, 1), alphaBeta(2, 1));
    check(LrpRule.alphaBeta(1.5f, 0.5f), alphaBeta(1.5, 0.5));
  }

  @Test
  void gamma() {
    check(LrpRule.gamma(0.25f), gamma(0.25));
    check(LrpRule.gamma(3), gamma(3));
  }

  @Test
  void zBox() {
    check(
        LrpRule.zBox(-4, 5), simple((x, w) -> x * w + 4 * up(w) - 5 * down(w), b -> 0, STABILISER));
  }

  @Test
  void wSquareAndFlat() {
    check(LrpRule.wSquare(), simple((x, w) -> w * w, b -> b * b, STABILISER));
    check(LrpRule.flat(), simple((x, w) -> 1, b -> 0, STABILISER));
  }

  @Test
  void excitationAndDeepTaylor() {
    check(LrpRule.excitation(), simple((x, w) -> up(x) * up(w), b -> 0, STABILISER));
    check(LrpRule.deepTaylor(), simple((x, w) -> up(x * w), b -> 0, STABILISER));
  }

  @Test
  void captumsRulesSeeTheSignOfWeightsAlone() {
    Formula gamma = simple((x, w) -> x * (w + 0.25 * up(w)), b -> b, 1e-9);
    check(Captum.gamma(0.25f, true), gamma);
    check(Captum.gamma(0.25f, false), simple((x, w) -> x * (w + 0.25 * up(w)), b -> 0, 1e-9));
    check(Captum.alpha1Beta0(true), simple((x, w) -> x * up(w), b -> b, 1e-9));
    check(Captum.alpha1Beta0(false), simple((x, w) -> x * up(w), b -> 0, 1e-9));
    check(Captum.epsilon(0.5f), simple((x, w) -> x * w, b -> b, 0.5));
  }
}
