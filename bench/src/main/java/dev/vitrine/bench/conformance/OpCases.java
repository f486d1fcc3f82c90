package dev.vitrine.bench.conformance;

import static dev.vitrine.bench.conformance.OpCase.images;
import static dev.vitrine.bench.conformance.OpCase.plain;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.kernel.Interpolation;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** How each method of group op is written in operations on {@link Var}s. */
final class OpCases {
  private OpCases() {}

  /** Methods by name. */
  static final Map<String, OpCase> TABLE =
      Map.ofEntries(
          binary("add", Var::add),
          binary("sub", Var::sub),
          binary("mul", Var::mul),
          binary("div", Var::div),
          binary("maximum", Var::maximum),
          binary("minimum", Var::minimum),
          binary("pow_tensor", Var::pow),
          plain("where", c -> c.real("cond").select(c.in("a"), c.in("b"))),
          unary("neg", Var::negate),
          unary("abs", Var::abs),
          unary("square", Var::square),
          unary("sqrt", Var::sqrt),
          unary("rsqrt", Var::rsqrt),
          unary("reciprocal", Var::reciprocal),
          unary("exp", Var::exp),
          unary("expm1", Var::expm1),
          unary("log", Var::log),
          unary("log1p", Var::log1p),
          unary("sin", Var::sin),
          unary("cos", Var::cos),
          unary("tanh", Var::tanh),
          unary("sigmoid", Var::sigmoid),
          unary("erf", Var::erf),
          unary("relu", Var::relu),
          unary("silu", Var::silu),
          plain("pow", c -> c.in("x").pow(c.args().real("exponent"))),
          plain("leaky_relu", c -> c.in("x").leakyRelu(c.args().real("slope"))),
          plain("elu", c -> c.in("x").elu(c.args().real("alpha"))),
          plain("softplus", c -> c.in("x").softplus(c.args().real("beta", 1))),
          plain("clip", c -> clip(c.in("x"), c.args())),
          plain("gelu", OpCases::gelu),
          plain("scalar_affine", OpCases::scalarAffine),
          plain("composite", c -> composite(c.in("x"))),
          plain("dropout", c -> c.in("x").mul(c.real("keep")).over(1 - c.args().real("p"))),
          plain("matmul", OpCases::matmul),
          images("linear", Layout.MATRIX, OpCases::linear),
          images("conv2d", Layout.KERNEL, OpCases::conv2d),
          images("maxpool2d", OpCases::maxPool),
          images("avgpool2d", OpCases::avgPool),
          images("global_avgpool2d", c -> ModelOps.globalAvgPool(c.in("x"))),
          images("interpolate", OpCases::interpolate),
          images("batchnorm_eval", OpCases::batchNorm),
          images("batchnorm_train", OpCases::batchNormTrain),
          plain(
              "layernorm",
              c -> c.in("x").layerNorm(c.in("weight"), c.in("bias"), c.args().real("eps"))),
          plain("softmax", c -> c.in("x").softmax(c.args().integer("axis"))),
          plain("log_softmax", c -> c.in("x").logSoftmax(c.args().integer("axis"))),
          plain("cumsum", c -> c.in("x").cumSum(c.args().integer("axis"))),
          plain("gather", c -> c.in("x").gather(c.args().integer("axis"), c.in("index"))),
          plain(
              "index_select", c -> c.in("x").indexSelect(c.args().integer("axis"), c.in("index"))),
          plain("pick_per_row", c -> c.in("x").pick(c.in("index"))),
          plain("slice", OpCases::slice),
          plain("concat", c -> Var.concat(c.args().integer("axis"), c.operands())),
          plain("stack", OpCases::stack),
          plain("pad", OpCases::pad),
          plain("permute", c -> c.in("x").permute(c.args().ints("perm"))),
          plain("reshape", c -> c.in("x").reshape(c.args().ints("shape"))),
          plain(
              "permute_reshape",
              c -> c.in("x").permute(c.args().ints("perm")).reshape(c.args().ints("shape"))),
          plain("broadcast_to", c -> c.in("x").broadcastLike(c.in("grad_output"))),
          plain("flip", OpCases::flip));

  // ---- how a line of the table is written

  private static Map.Entry<String, OpCase> unary(String method, UnaryOperator<Var> f) {
    return plain(method, c -> f.apply(c.in("x")));
  }

  private static Map.Entry<String, OpCase> binary(String method, BinaryOperator<Var> f) {
    return plain(method, c -> f.apply(c.in("a"), c.in("b")));
  }

  // ---- formulas of more than a line

  private static Var gelu(OpCall c) throws IOException {
    boolean tanh = c.args().text("approximate", "none").equals("tanh");
    return tanh ? c.in("x").geluTanh() : c.in("x").gelu();
  }

  /** A missing bound does not bind. */
  private static Var clip(Var x, Json args) {
    return x.clip(
        args.real("min", Float.NEGATIVE_INFINITY), args.real("max", Float.POSITIVE_INFINITY));
  }

  private static Var scalarAffine(OpCall c) throws IOException {
    Var x = c.in("x");
    float s = c.args().real("s");
    return x.affine(s, 1).sub(x.over(s));
  }

  /** y·y + x·Σy − e^y/(1 + x·x), y = tanh x: every value is read more than once. */
  private static Var composite(Var x) {
    Var y = x.tanh();
    return y.mul(y).add(x.mul(y.sum(1))).sub(y.exp().div(x.mul(x).shift(1)));
  }

  private static Var matmul(OpCall c) throws IOException {
    Var a = c.in("a");
    Var b = c.in("b");
    return b.shape().rank() == 1 ? a.matmul(b.insertAxis(1)).dropAxis(-1) : a.matmul(b);
  }

  private static Var linear(OpCall c) throws IOException {
    return c.in("x").linear(c.in("weight"), c.maybe("bias"));
  }

  private static Var conv2d(OpCall c) throws IOException {
    return c.in("x").conv2d(Windows.of(c.args()), c.in("weight"), c.maybe("bias"));
  }

  private static Var maxPool(OpCall c) throws IOException {
    int[] kernel = c.args().ints("kernel");
    return c.in("x").maxPool2d(kernel[0], kernel[1], Windows.of(c.args()));
  }

  private static Var avgPool(OpCall c) throws IOException {
    int[] kernel = c.args().ints("kernel");
    boolean countPad = c.args().flag("count_include_pad", true);
    return c.in("x").avgPool2d(kernel[0], kernel[1], Windows.of(c.args()), countPad);
  }

  private static Var interpolate(OpCall c) throws IOException {
    boolean corners = c.args().flag("align_corners", false);
    String mode = c.args().text("mode");
    Interpolation how =
        switch (mode) {
          case "nearest" -> Interpolation.NEAREST;
          case "bilinear" -> corners ? Interpolation.BILINEAR_CORNERS : Interpolation.BILINEAR;
          default ->
              throw new FormatException(
                  c.args().file().toString(), "interpolation mode \"" + mode + "\" is unknown");
        };
    int[] size = c.args().ints("size");
    return c.in("x").interpolate(how, size[0], size[1]);
  }

  private static Var batchNorm(OpCall c) throws IOException {
    return c.in("x")
        .batchNorm(
            c.in("weight"),
            c.in("bias"),
            c.in("running_mean"),
            c.in("running_var"),
            c.args().real("eps"));
  }

  private static Var batchNormTrain(OpCall c) throws IOException {
    Var y = c.in("x").batchNormTrain(c.in("weight"), c.in("bias"), c.args().real("eps"));
    var running =
        RunningStatistics.after(
            y.node(), c.in("running_mean"), c.in("running_var"), c.args().real("momentum"));
    c.also("new_running_mean", running.mean());
    c.also("new_running_var", running.variance());
    return y;
  }

  private static Var slice(OpCall c) throws IOException {
    Json a = c.args();
    return c.in("x")
        .slice(a.integer("axis"), a.integer("start"), a.integer("stop"), a.integer("step", 1));
  }

  private static Var stack(OpCall c) throws IOException {
    int axis = c.args().integer("axis");
    return Var.concat(
        axis, Arrays.stream(c.operands()).map(v -> v.insertAxis(axis)).toArray(Var[]::new));
  }

  /** Pairs (before, after) from the last axis forwards. */
  private static Var pad(OpCall c) throws IOException {
    Var v = c.in("x");
    int[] pads = c.args().ints("pads");
    for (int i = 0; i < pads.length / 2; i++) {
      int axis = v.shape().rank() - 1 - i;
      v = v.pad(axis, pads[2 * i], pads[2 * i + 1], c.args().real("value"));
    }
    return v;
  }

  private static Var flip(OpCall c) throws IOException {
    Var v = c.in("x");
    for (int axis : c.args().ints("axes")) {
      v = v.flip(axis);
    }
    return v;
  }
}
