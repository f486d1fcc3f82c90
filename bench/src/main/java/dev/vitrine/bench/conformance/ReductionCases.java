package dev.vitrine.bench.conformance;

import static dev.vitrine.bench.conformance.OpCase.plain;

import dev.vitrine.autodiff.Var;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The methods of group op that fold axes: over {@code axes}, one {@code axis}, or without either
 * over everything.
 */
final class ReductionCases {
  private ReductionCases() {}

  /** Methods by name. */
  static final Map<String, OpCase> TABLE =
      Map.ofEntries(
          fold("sum", Var::total, Var::sum),
          fold("mean", Var::average, Var::mean),
          fold("norm2", Var::norm, (x, axes) -> x.square().sum(axes).sqrt()),
          fold("prod", x -> drop(x.prod(), all(x)), Var::prod),
          fold("logsumexp", x -> x.reshape(-1).logSumExp().dropAxis(0), ReductionCases::logSumExp),
          plain("var", ReductionCases::variance),
          fold("amax_all", Var::maxAll, (x, axes) -> x.max(axes[0])),
          plain("max", c -> extreme(c, Var::maxAll, Var::max)),
          plain("min", c -> extreme(c, x -> x.negate().maxAll().negate(), Var::min)));

  /** Over these axes, which stay with extent 1. */
  @FunctionalInterface
  private interface Partial {
    Var apply(Var x, int... axes);
  }

  /** Along this axis, which stays with extent 1. */
  @FunctionalInterface
  private interface Along {
    Var apply(Var x, int axis);
  }

  private static Map.Entry<String, OpCase> fold(
      String method, UnaryOperator<Var> whole, Partial partial) {
    return plain(
        method,
        c -> {
          Var x = c.in("x");
          if (everything(c)) {
            return whole.apply(x);
          }
          int[] axes = axes(c);
          return kept(c, partial.apply(x, axes), axes);
        });
  }

  private static Var logSumExp(Var x, int... axes) {
    return x.logSumExp(axes[0]);
  }

  private static Var variance(OpCall c) throws IOException {
    Var x = c.in("x");
    int[] axes = everything(c) ? all(x) : axes(c);
    return kept(c, x.variance(c.args().flag("unbiased", true), axes), axes);
  }

  /** max or min, and along an axis also where. */
  private static Var extreme(OpCall c, UnaryOperator<Var> whole, Along along) throws IOException {
    if (everything(c)) {
      return whole.apply(c.in("x"));
    }
    int[] axes = axes(c);
    Var kept = along.apply(c.in("x"), axes[0]);
    Var v = kept(c, kept, axes);
    c.also("indices", Numbers.of(kept.node().out(1).value()).reshape(v.shape()));
    return v;
  }

  private static boolean everything(OpCall c) throws IOException {
    return !c.args().has("axes") && !c.args().has("axis");
  }

  private static int[] axes(OpCall c) throws IOException {
    return c.args().has("axes") ? c.args().ints("axes") : new int[] {c.args().integer("axis")};
  }

  private static int[] all(Var x) {
    int[] axes = new int[x.shape().rank()];
    Arrays.setAll(axes, i -> i);
    return axes;
  }

  private static Var kept(OpCall c, Var v, int[] axes) throws IOException {
    return c.args().flag("keepdim", false) ? v : drop(v, axes);
  }

  private static Var drop(Var v, int... axes) {
    int[] sorted = Arrays.stream(axes).map(v.shape()::axis).sorted().toArray();
    for (int i = sorted.length - 1; i >= 0; i--) {
      v = v.dropAxis(sorted[i]);
    }
    return v;
  }
}
