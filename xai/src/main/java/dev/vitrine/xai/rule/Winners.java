package dev.vitrine.xai.rule;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.autodiff.op.Scatter;
import dev.vitrine.autodiff.op.Select;
import dev.vitrine.autodiff.op.UnaryOp;
import dev.vitrine.tensor.kernel.Pool;
import java.util.function.UnaryOperator;

/**
 * What a max pool sends back is 0 but at the winner of each window. A rule that works on it element
 * by element, and makes 0 of 0, needs to look at the winners alone: a quarter of an image or less.
 */
final class Winners {
  private Winners() {}

  /** An element-by-element function of what arrived and of values in the image, 0 where r is 0. */
  @FunctionalInterface
  interface Share {
    /**
     * @param at gives of a value in the image what belongs to {@code r}
     */
    Var of(Var r, UnaryOperator<Var> at);
  }

  /** {@code share} of all that arrived; of the winners' alone where the rest is known to be 0. */
  static Var of(Var r, Share share) {
    Node n = r.node();
    if (!(n.op() instanceof Scatter spread) || !isApart(n.in(1))) {
      return share.of(r, v -> v);
    }
    Var index = n.in(1);
    return share.of(n.in(0), v -> at(v, index)).scatter(spread.from(), spread.to(), index, n.in(2));
  }

  /** The value at each window's winner, [n, h, w, c] of the pool; v may be one row for all n. */
  static Var at(Var v, Var index) {
    Node pool = index.node();
    if (pool.op() instanceof MaxPool2d && pool.in(0).equals(v)) {
      return pool.out();
    }
    Node n = v.node();
    if (n.op() instanceof UnaryOp) {
      return n.tape().record(n.op(), at(n.in(0), index)).out();
    }
    boolean shared = v.shape().dim(0) == 1; // then a place in a row is a place in all of v
    return v.gather(shared ? 0 : 1, 4, index);
  }

  /** True if no two of the places can be the same: winners of windows that do not overlap. */
  private static boolean isApart(Var index) {
    Op op = index.node().op();
    return op instanceof MaxPool2d m && Pool.fits(m.window(), m.kh(), m.kw())
        || op instanceof Select && isApart(index.node().in(1)) && isApart(index.node().in(2));
  }
}
