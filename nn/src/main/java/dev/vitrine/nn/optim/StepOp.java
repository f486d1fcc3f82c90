package dev.vitrine.nn.optim;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter's step as an op: from (w, g, state …, rates) to (w', state' …), element by element.
 */
interface StepOp extends Op {
  @Override
  default List<Shape> infer(List<Shape> in) {
    Shape w = in.getFirst();
    for (Shape s : in.subList(1, in.size() - 1)) {
      if (!s.equals(w)) {
        throw new IllegalArgumentException(
            "gradient and state need the parameter's shape " + w + ", found " + s);
      }
    }
    if (!in.getLast().equals(Optimizer.RATES)) {
      throw new IllegalArgumentException(
          "the rates need shape " + Optimizer.RATES + ", found " + in.getLast());
    }
    return Collections.nCopies(in.size() - 2, w);
  }

  @Override
  default void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    throw new UnsupportedOperationException(
        n + ": an optimiser step has no gradient; take gradients before it is recorded");
  }

  @Override
  default boolean pointwise() {
    return true;
  }
}
