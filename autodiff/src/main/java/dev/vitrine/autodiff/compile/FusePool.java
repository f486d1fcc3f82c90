package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Conv2d;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.autodiff.op.Mul;
import dev.vitrine.autodiff.op.Relu;
import dev.vitrine.autodiff.op.Scatter;
import dev.vitrine.tensor.kernel.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins convolution → relu → max pool, and on the way back scatter → times the relu's slope →
 * gradients of the convolution.
 *
 * <p>What lies between, four times as large as what the pool gives, is then never in memory as a
 * whole. It is left as it is where anybody else reads it.
 */
public record FusePool() implements Pass {
  @Override
  public Schedule apply(Schedule s) {
    return Fusion.ofPools(s, all -> s.steps().forEach(step -> find(step, all)));
  }

  private static void find(Step step, Fusion all) {
    Layer layer = step.op() instanceof MaxPool2d ? Layer.of(step, all.uses) : null;
    if (layer != null) {
      all.gone.addAll(layer.gone);
      all.fused.putAll(layer.fused);
    }
  }

  /** One convolution with its pool, while it is looked at. */
  private static final class Layer {
    private final Uses uses;
    private final Step last;
    private final Pool pool;
    private final Set<Step> gone = new HashSet<>();
    private final Map<Step, Step> fused = new HashMap<>();

    private Layer(Uses uses, Step last, Pool pool) {
      this.uses = uses;
      this.last = last;
      this.pool = pool;
    }

    /** The layer that ends with this max pool; null: it can't be joined. */
    static @Nullable Layer of(Step last, Uses uses) {
      MaxPool2d max = (MaxPool2d) last.op();
      Var a = last.in().getFirst();
      Step relu = uses.giver(a, Relu.class);
      Step conv = uses.giver(relu == null ? a : relu.in().getFirst(), Conv2d.class);
      if (conv == null
          || ((Conv2d) conv.op()).window().groups() != 1
          || !Pool.fits(max.window(), max.kh(), max.kw())
          || uses.isRoot(a)) {
        return null;
      }
      Pool pool = PooledConv2d.pool(max, relu != null);
      var layer = new Layer(uses, last, pool);
      layer.gone.add(conv);
      if (relu != null) {
        layer.gone.add(relu);
        if (uses.onlyReader(relu.in().getFirst()) == null) {
          return null;
        }
      }
      var op = new PooledConv2d.Forward(((Conv2d) conv.op()).window(), pool);
      layer.fused.put(last, new Step(op, conv.name(), conv.in(), last.out()));
      return layer.joinsGradients(a) ? layer : null;
    }

    /** Also joins all that reads the relu's output. */
    private boolean joinsGradients(Var a) {
      for (Step reader : uses.readers(a)) {
        if (!reader.equals(last) && !(pool.relu() && joinsSlope(reader))) {
          return false;
        }
      }
      return true;
    }

    /** step(a), read by products with what was scattered. */
    private boolean joinsSlope(Step slope) {
      Var s = slope.out().getFirst();
      if (!(slope.op() instanceof dev.vitrine.autodiff.op.Step) || uses.isRoot(s)) {
        return false;
      }
      gone.add(slope);
      for (Step product : uses.readers(s)) {
        Var other = product.in().get(product.in().getFirst().equals(s) ? 1 : 0);
        Step scatter = uses.giver(other, Scatter.class);
        if (!(product.op() instanceof Mul)
            || scatter == null
            || uses.onlyReader(other) == null
            || !joinsReaders(product, scatter)) {
          return false;
        }
        gone.addAll(List.of(product, scatter));
      }
      return true;
    }

    /** Those that read the product of the slope and what the pool sent back. */
    private boolean joinsReaders(Step product, Step scatter) {
      Var dz = product.out().getFirst();
      if (!scatter.in().get(1).equals(last.out().get(1)) || uses.isRoot(dz)) {
        return false;
      }
      for (Step reader : uses.readers(dz)) {
        List<Var> in = new ArrayList<>();
        in.add(scatter.in().getFirst());
        in.addAll(last.out());
        FusedOp op = PooledConv2d.gradient(reader, dz, pool, in);
        if (op == null) {
          return false;
        }
        fused.put(reader, new Step(op, reader.name(), in, reader.out()));
      }
      return true;
    }
  }
}
