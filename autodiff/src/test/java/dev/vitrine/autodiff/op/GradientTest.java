package dev.vitrine.autodiff.op;

import static dev.vitrine.autodiff.Samples.SCALAR;
import static dev.vitrine.autodiff.Samples.signed;
import static dev.vitrine.autodiff.Samples.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.GradientCheck;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.tensor.kernel.Window;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every op's gradient, and the gradient of that gradient, against central differences. */
class GradientTest {
  /**
   * Float32 central differences: with h = 2⁻⁷ the truncation is about h²/6 ≈ 10⁻⁵ of third
   * derivatives of order 1, the rounding about 2⁻²⁴·|f|/h ≈ 10⁻⁵ relative to slopes of order 1.
   * Sums of many terms lose a digit more.
   */
  private static final double TOLERANCE = 2e-3;

  private static final double H = 1.0 / 128;

  record Case(Function<List<Var>, Var> f, boolean twice, Tensor... inputs) {}

  private static Named<Case> of(String name, Function<Var, Var> f, Tensor x) {
    return Named.of(name, new Case(v -> f.apply(v.getFirst()), true, x));
  }

  private static Named<Case> of(
      String name, Function<List<Var>, Var> f, boolean twice, Tensor... inputs) {
    return Named.of(name, new Case(f, twice, inputs));
  }

  static Stream<Named<Case>> smooth() {
    Tensor x = uniform(1, 0.4, 1.6, 3, 5);
    Tensor s = signed(2, 3, 5);
    Tensor away = awayFromZero();
    Tensor spaced = spaced();
    Tensor image = signed(3, 2, 7, 6, 4);
    Tensor kernel = signed(4, 3, 2, 2, 6);
    Tensor channel = uniform(5, 0.5, 1.5, 4);
    Window g = Window.UNIT.stride(2, 1).padding(1, 2).dilation(1, 2).groups(2);
    return Stream.of(
        of("negate", Var::negate, s),
        of("abs", Var::abs, away),
        of("square", Var::square, s),
        of("sqrt", Var::sqrt, x),
        of("rsqrt", Var::rsqrt, x),
        of("reciprocal", Var::reciprocal, x),
        of("exp", Var::exp, s),
        of("expm1", Var::expm1, s),
        of("log", Var::log, x),
        of("log1p", Var::log1p, x),
        of("sin", Var::sin, s),
        of("cos", Var::cos, s),
        of("tanh", Var::tanh, s),
        of("sigmoid", Var::sigmoid, s),
        of("erf", Var::erf, s),
        of("softplus", Var::softplus, s),
        of("silu", Var::silu, s),
        of("gelu", Var::gelu, s),
        of("geluTanh", Var::geluTanh, s),
        of("relu", Var::relu, away),
        of("leakyRelu", v -> v.leakyRelu(0.1f), away),
        of("elu", v -> v.elu(0.7f), away),
        of("clip", v -> v.clip(-0.9f, 0.9f), signed(6, 2, 2).set(-2, -0.5f, 0.5f, 2)),
        of("scale, shift, affine, over", v -> v.scale(3).shift(1).affine(2, 1).over(7), s),
        of("pow", v -> v.pow(2.5f), x),
        of("softmax", v -> v.softmax(0), s),
        of("logSoftmax", Var::logSoftmax, s),
        of("logSumExp", Var::logSumExp, s),
        of("sum", v -> v.square().sum(0), s),
        of("mean", v -> v.square().mean(), s),
        of("average", v -> v.square().average(), s),
        of("variance", v -> v.variance(true, 1), s),
        of("norm", Var::norm, s),
        of("cumSum", v -> v.square().cumSum(1), s),
        of("max", v -> v.square().max(1), spaced),
        of("min", v -> v.square().min(0), spaced),
        of("maxAll", v -> v.square().maxAll(), spaced),
        of("permute", v -> v.square().permute(1, 0), s),
        of("reshape", v -> v.square().reshape(5, -1).softmax(), s),
        of("slice", v -> v.square().slice(1, 1, 5, 2), s),
        of("flip", v -> v.square().flip(0).mul(v), s),
        of("pad", v -> v.square().pad(1, 2, 1, 3).softmax(), s),
        of("concat", v -> Var.concat(0, v.square(), v, v.tanh()), s),
        of("detach", v -> v.mul(v.detach().scale(0).shift(2)), s),
        of(
            "add, sub, mul, div with broadcasting",
            v -> v.get(0).add(v.get(1)).mul(v.get(0)).div(v.get(1)).sub(v.get(1)),
            true,
            s,
            uniform(7, 1, 2, 5)),
        of(
            "maximum, minimum",
            v -> v.get(0).maximum(v.get(1)).mul(v.get(0).minimum(v.get(1))),
            true,
            x,
            uniform(8, 2, 3, 3, 1)),
        of("powTensor", v -> v.get(0).pow(v.get(1)), true, x, uniform(9, 1, 2, 5)),
        of(
            "select",
            v -> v.get(0).step().select(v.get(0).square(), v.get(1).exp()),
            true,
            away,
            signed(10, 5)),
        of(
            "broadcastLike",
            v -> v.get(0).square().broadcastLike(v.get(1)),
            true,
            signed(11, 1, 5),
            s),
        of(
            "sumLike over two groups",
            v -> v.get(0).square().sumLike(v.get(1)),
            true,
            signed(12, 2, 3, 4),
            signed(13, 3, 1)),
        of("matmul", v -> v.get(0).matmul(v.get(1)), true, s, signed(14, 5, 4)),
        of(
            "matmul, transposed",
            v -> v.get(0).matmul(v.get(1), true, true),
            true,
            s,
            signed(15, 4, 3)),
        of(
            "matmul, batched",
            v -> v.get(0).matmul(v.get(1)),
            true,
            signed(16, 2, 1, 3, 4),
            signed(17, 3, 4, 2)),
        of(
            "linear",
            v -> v.get(0).linear(v.get(1), v.get(2)),
            true,
            s,
            signed(18, 5, 4),
            signed(19, 4)),
        of(
            "conv2d",
            v -> v.get(0).conv2d(g, v.get(1), v.get(2)),
            true,
            image,
            kernel,
            signed(20, 6)),
        of(
            "maxPool2d",
            v -> v.square().maxPool2d(3, 2, Window.UNIT.stride(2, 2).padding(1, 1)),
            uniform(21, 1, 9, 2, 7, 6, 4)),
        of(
            "avgPool2d",
            v -> v.square().avgPool2d(3, 2, Window.UNIT.stride(2, 1).padding(1, 1), false),
            image),
        of("interpolate", v -> v.square().interpolate(Interpolation.BILINEAR, 9, 4), image),
        of("nearest", v -> v.square().interpolate(Interpolation.NEAREST, 9, 4), image),
        of(
            "batchNorm",
            v -> v.get(0).batchNorm(v.get(1), v.get(2), v.get(3), v.get(4), 1e-3f),
            true,
            image,
            channel,
            signed(22, 4),
            signed(23, 4),
            uniform(24, 1, 2, 4)),
        of(
            "batchNormTrain",
            v -> v.get(0).batchNormTrain(v.get(1), v.get(2), 1e-3f).square(),
            true,
            image,
            channel,
            signed(25, 4)),
        of(
            "layerNorm",
            v -> v.get(0).layerNorm(v.get(1), v.get(2), 1e-3f).square(),
            true,
            s,
            uniform(26, 0.5, 1.5, 5),
            signed(27, 5)),
        of("prod", v -> v.get(0).prod(1), false, x));
  }

  private static Tensor awayFromZero() {
    Tensor t = signed(30, 3, 5);
    for (long i = 0; i < t.size(); i++) {
      t.put(i, t.at(i) < 0 ? t.at(i) - 0.1f : t.at(i) + 0.1f);
    }
    return t;
  }

  /** No two elements nearer than a step of the differences could swap. */
  private static Tensor spaced() {
    Tensor t = signed(31, 3, 5);
    for (int i = 0; i < 15; i++) {
      t.put(i, 0.5f + 0.1f * (i * 7 % 15));
    }
    return t;
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void firstDerivative(Case c) {
    for (int seed = 0; seed < 3; seed++) {
      var slopes = GradientCheck.along(SCALAR, c.f, H, seed, c.inputs);
      assertTrue(slopes.error() < TOLERANCE, slopes.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void secondDerivative(Case c) {
    if (!c.twice) {
      return;
    }
    Function<List<Var>, Var> gradient =
        v -> {
          Var y = c.f.apply(v);
          // a seed that depends on nothing, but is not all ones: softmax rows would cancel
          Var seed = y.shape().rank() == 0 ? y.ones() : y.ones().cumSum(0);
          var flow =
              v.getFirst().tape().backward(y, seed, v, dev.vitrine.autodiff.RuleSet.GRADIENT);
          Var g = flow.at(v.getFirst());
          return g == null ? v.getFirst().zeros() : g;
        };
    var slopes = GradientCheck.along(SCALAR, gradient, H, 1, c.inputs);
    // where the second derivative vanishes, both are rounding noise
    double noise = 2e-3 * Math.max(1, c.inputs[0].size());
    assertTrue(
        slopes.error() < 5 * TOLERANCE
            || Math.abs(slopes.tape() - slopes.differences()) < noise * TOLERANCE,
        slopes.toString());
  }

  @Test
  void equalElementsShareTheGradientOfTheLargest() {
    try (Tape t = Tape.eager(SCALAR)) {
      Var x = t.input("x", signed(1, 4).set(2, 1, 2, 0));
      assertEquals(List.of(0.5f, 0f, 0.5f, 0f), list(t.gradient(x.maxAll(), x).value()));
    }
  }

  @Test
  void theSecondDerivativeOfAProductIsRefusedWithItsNode() {
    try (Tape t = Tape.eager(SCALAR)) {
      Var x = t.input("x", signed(1, 2, 3));
      Var g = t.gradient(x.prod(1), x);
      var e =
          org.junit.jupiter.api.Assertions.assertThrows(
              UnsupportedOperationException.class, () -> t.gradient(g, x));
      assertTrue(e.getMessage().contains("ProdOfOthers"), e.getMessage());
    }
  }

  private static List<Float> list(Tensor t) {
    var all = new java.util.ArrayList<Float>();
    for (float f : t.toFloats()) {
      all.add(f);
    }
    return all;
  }
}
