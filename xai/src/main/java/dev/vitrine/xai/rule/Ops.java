package dev.vitrine.xai.rule;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Rule;
import dev.vitrine.autodiff.RuleSet;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Add;
import dev.vitrine.autodiff.op.Affine;
import dev.vitrine.autodiff.op.AvgPool2d;
import dev.vitrine.autodiff.op.BatchNorm;
import dev.vitrine.autodiff.op.BroadcastLike;
import dev.vitrine.autodiff.op.Clip;
import dev.vitrine.autodiff.op.Concat;
import dev.vitrine.autodiff.op.Conv2d;
import dev.vitrine.autodiff.op.CumSum;
import dev.vitrine.autodiff.op.Div;
import dev.vitrine.autodiff.op.DropAxis;
import dev.vitrine.autodiff.op.Elu;
import dev.vitrine.autodiff.op.Flatten;
import dev.vitrine.autodiff.op.Flip;
import dev.vitrine.autodiff.op.Gather;
import dev.vitrine.autodiff.op.Gelu;
import dev.vitrine.autodiff.op.GeluTanh;
import dev.vitrine.autodiff.op.IndexSelect;
import dev.vitrine.autodiff.op.InsertAxis;
import dev.vitrine.autodiff.op.Interpolate;
import dev.vitrine.autodiff.op.LeakyRelu;
import dev.vitrine.autodiff.op.Linear;
import dev.vitrine.autodiff.op.MatMul;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.autodiff.op.Mul;
import dev.vitrine.autodiff.op.Negate;
import dev.vitrine.autodiff.op.Over;
import dev.vitrine.autodiff.op.Pad;
import dev.vitrine.autodiff.op.PerCount;
import dev.vitrine.autodiff.op.Permute;
import dev.vitrine.autodiff.op.Relu;
import dev.vitrine.autodiff.op.Reshape;
import dev.vitrine.autodiff.op.ReshapeLike;
import dev.vitrine.autodiff.op.Scale;
import dev.vitrine.autodiff.op.Shift;
import dev.vitrine.autodiff.op.Sigmoid;
import dev.vitrine.autodiff.op.Silu;
import dev.vitrine.autodiff.op.Slice;
import dev.vitrine.autodiff.op.SliceLike;
import dev.vitrine.autodiff.op.Softplus;
import dev.vitrine.autodiff.op.Sub;
import dev.vitrine.autodiff.op.Sum;
import dev.vitrine.autodiff.op.SumLike;
import dev.vitrine.autodiff.op.Tanh;
import java.util.List;
import java.util.Set;

/** Families of ops that rules treat alike. */
final class Ops {
  /** y = f(x), element by element, with a bend: what networks call activations. */
  static final Set<Class<? extends Op>> ACTIVATIONS =
      Set.of(
          Relu.class,
          LeakyRelu.class,
          Elu.class,
          Silu.class,
          Gelu.class,
          GeluTanh.class,
          Softplus.class,
          Clip.class,
          Tanh.class,
          Sigmoid.class);

  /** The same elements, or some of them, elsewhere. */
  static final Set<Class<? extends Op>> MOVES =
      Set.of(
          Flatten.class,
          Reshape.class,
          ReshapeLike.class,
          Permute.class,
          InsertAxis.class,
          DropAxis.class,
          Slice.class,
          SliceLike.class,
          Gather.class,
          IndexSelect.class,
          Concat.class,
          Flip.class,
          Pad.class);

  /** Linear in everything but constants added, without parameters of their own. */
  static final Set<Class<? extends Op>> SUMS =
      Set.of(
          Add.class,
          Sub.class,
          Sum.class,
          SumLike.class,
          BroadcastLike.class,
          CumSum.class,
          AvgPool2d.class,
          Interpolate.class,
          PerCount.class,
          Scale.class,
          Shift.class,
          Affine.class,
          Negate.class,
          Over.class);

  /** Linear with given statistics. */
  static final Set<Class<? extends Op>> NORMS = Set.of(BatchNorm.class);

  /** Σ x·w (+ b): the layers that learn. */
  static final Set<Class<? extends Op>> LAYERS = Set.of(Linear.class, Conv2d.class);

  /** Linear in each factor; in both together they are not. */
  static final Set<Class<? extends Op>> PRODUCTS = Set.of(Mul.class, Div.class, MatMul.class);

  private Ops() {}

  static RuleSet on(Rule rule, Set<Class<? extends Op>> ops) {
    return n -> ops.contains(n.op().getClass()) ? rule : null;
  }

  /** The rule for products of which one factor is a constant; otherwise there is none. */
  static RuleSet oneFactor(Rule rule) {
    Rule checked =
        (n, r, to) -> {
          if (factors(n, to).size() > 1 || n.op() instanceof Div && to.wants(n.in(1))) {
            throw new IllegalStateException(
                "%s multiplies two values that depend on the input, and this rule set has no rule for that; give one with RuleSet.on(rule, %s.class)"
                    .formatted(n, n.op().name()));
          }
          rule.apply(n, r, to);
        };
    return on(checked, PRODUCTS).orElse(on(checked, LAYERS));
  }

  /** True if no element can be negative, as far as the ops say. */
  static boolean isNotNegative(Var v) {
    Op op = v.node().op();
    if (op instanceof Relu || op instanceof Sigmoid || op instanceof Softplus) {
      return true;
    }
    boolean kept = op instanceof MaxPool2d || op instanceof AvgPool2d;
    return (kept || op instanceof Flatten || op instanceof Permute)
        && isNotNegative(v.node().in(0));
  }

  private static List<Var> factors(Node n, Flow to) {
    return n.in().stream().limit(2).filter(to::wants).toList();
  }
}
