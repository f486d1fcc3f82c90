package dev.vitrine.xai.rule;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.BatchNorm;
import dev.vitrine.xai.Recording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch norm right behind a layer becomes part of it: W' = W·γ/√(var + ε), b' = (b −
 * mean)·γ/√(var + ε) + β. The function is the same; a rule then sees one layer instead of two.
 */
final class MergeBatchNorm {
  private MergeBatchNorm() {}

  /** The same network without such batch norms, unless the composite has a rule for them. */
  static Recording in(Recording r, Composite composite) {
    Var f = r.explained();
    List<Node> norms = r.nodes().stream().filter(n -> n.op() instanceof BatchNorm).toList();
    if (norms.isEmpty() || norms.stream().anyMatch(n -> composite.names(r, n))) {
      return r;
    }
    Map<Var, Integer> readers = new HashMap<>();
    r.nodes().forEach(n -> n.in().forEach(v -> readers.merge(v, 1, Integer::sum)));
    return r.twins(
        r.tape()
            .rewrite(
                Map.of(),
                (n, in) ->
                    n.op() instanceof BatchNorm norm && readers.getOrDefault(n.in(0), 0) == 1
                        ? merged(norm, in)
                        : null,
                f));
  }

  /** The layer in front with the norm in it; null = there is none. */
  private static @Nullable List<Var> merged(BatchNorm norm, List<Var> in) {
    Node layer = in.getFirst().node();
    if (!Ops.LAYERS.contains(layer.op().getClass())) {
      return null;
    }
    Var scale = in.get(1).mul(in.get(4).shift(norm.epsilon()).rsqrt());
    Var mean = in.get(3);
    Var b = layer.in().size() > 2 ? layer.in(2).sub(mean) : mean.negate();
    return layer
        .tape()
        .scope(
            layer.name(),
            () ->
                layer
                    .tape()
                    .record(
                        layer.op(),
                        layer.in(0),
                        layer.in(1).mul(scale),
                        b.mul(scale).add(in.get(2))))
        .outs();
  }
}
