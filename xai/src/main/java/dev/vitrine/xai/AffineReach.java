package dev.vitrine.xai;

import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Affine;
import dev.vitrine.autodiff.op.AvgPool2d;
import dev.vitrine.autodiff.op.BatchNorm;
import dev.vitrine.autodiff.op.Conv2d;
import dev.vitrine.autodiff.op.Flatten;
import dev.vitrine.autodiff.op.Linear;
import dev.vitrine.autodiff.op.Negate;
import dev.vitrine.autodiff.op.Over;
import dev.vitrine.autodiff.op.Permute;
import dev.vitrine.autodiff.op.Reshape;
import dev.vitrine.autodiff.op.Scale;
import dev.vitrine.autodiff.op.Shift;
import java.util.List;
import java.util.Set;

/**
 * How far a network is nothing but an affine map of a place. A straight path there is straight
 * here, and gradients here, summed up, are carried back by one transposed map.
 *
 * <p>Where the map makes more elements, as convolutions often do, work at each of them may take
 * longer than the map itself: the reach ends before it. Dense layers are never that cheap.
 */
public record AffineReach(Place at) implements Place {
  private static final Set<Class<? extends Op>> AFFINE =
      Set.of(
          Linear.class,
          Conv2d.class,
          BatchNorm.class,
          AvgPool2d.class,
          Flatten.class,
          Reshape.class,
          Permute.class,
          Scale.class,
          Shift.class,
          Affine.class,
          Over.class,
          Negate.class);

  @Override
  public Var in(Recording r) {
    Var reach = at.in(r);
    Var v = reach;
    List<Node> readers = readers(r, v);
    while (readers.size() == 1 && isAffine(readers.getFirst(), v)) {
      Node n = readers.getFirst();
      v = n.out();
      if (n.op() instanceof Linear || v.shape().size() <= reach.shape().size()) {
        reach = v;
      }
      readers = readers(r, v);
    }
    return r.twin(reach);
  }

  private static List<Node> readers(Recording r, Var v) {
    return r.nodes().stream().filter(n -> n.in().contains(v)).toList();
  }

  /** True if all else that the node reads is given. */
  private static boolean isAffine(Node n, Var v) {
    return AFFINE.contains(n.op().getClass())
        && n.in(0).equals(v)
        && n.in().stream().skip(1).allMatch(w -> w.node().op() instanceof Leaf);
  }
}
