package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.autodiff.op.Scatter;
import dev.vitrine.autodiff.op.Select;
import dev.vitrine.tensor.kernel.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins what is sent to the winners of a max pool, as rules of relevance do, with the gradients of
 * the convolution before it: all but the winners is 0 and need not be looked at.
 */
public record FuseScatter() implements Pass {
  @Override
  public Schedule apply(Schedule s) {
    return Fusion.ofPools(s, all -> s.steps().forEach(step -> find(step, all)));
  }

  private static void find(Step step, Fusion all) {
    Pool pool = step.op() instanceof Scatter ? pool(step.in().get(1), all.uses) : null;
    if (pool != null && joinsReaders(step, pool, all)) {
      all.gone.add(step);
    }
  }

  /** Whose windows the places belong to; null: they may be others. */
  private static @Nullable Pool pool(Var index, Uses uses) {
    Step giver = uses.giver(index, Op.class);
    if (giver == null) {
      return null;
    }
    return switch (giver.op()) {
      case MaxPool2d m when Pool.fits(m.window(), m.kh(), m.kw()) -> PooledConv2d.pool(m, false);
      case PooledConv2d.Forward f -> f.pool().withoutRelu();
      case Select _ -> {
        Pool a = pool(giver.in().get(1), uses);
        yield a != null && a.equals(pool(giver.in().get(2), uses)) ? a : null;
      }
      default -> null;
    };
  }

  private static boolean joinsReaders(Step scatter, Pool pool, Fusion all) {
    Var dy = scatter.in().getFirst();
    Var dz = scatter.out().getFirst();
    Map<Step, Step> readers = new HashMap<>();
    for (Step reader : all.uses.readers(dz)) {
      List<Var> in = new ArrayList<>(List.of(dy, dy, scatter.in().get(1)));
      FusedOp op = PooledConv2d.gradient(reader, dz, pool, in);
      if (op == null) {
        return false;
      }
      readers.put(reader, new Step(op, reader.name(), in, reader.out()));
    }
    all.fused.putAll(readers);
    return !all.uses.isRoot(dz);
  }
}
