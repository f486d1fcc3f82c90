package dev.vitrine.xai.layer;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.FromBaseline;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.gradient.PathSum;
import dev.vitrine.xai.gradient.Route;
import java.util.Map;

/**
 * a = ∫₀¹ ∂f/∂y (b + α(x − b)) dα: how strongly what a layer holds, y, moves f along the path in
 * the input (Leino et al. 2018, definition 1 with a uniform distribution).
 */
public record InternalInfluence(Place layer, Route route) implements FromBaseline {
  /** 50 Gauss–Legendre points from a baseline of zeros. */
  public InternalInfluence(Place layer) {
    this(layer, new Route());
  }

  @Override
  public InternalInfluence baseline(Baseline other) {
    return new InternalInfluence(layer, route.baseline(other));
  }

  @Override
  public String name() {
    return "InternalInfluence";
  }

  @Override
  public Map<String, String> settings() {
    return route.settings("layer", layer);
  }

  private record Key(Place layer) {}

  @Override
  public Attribution explain(Question q) {
    Tensor from = route.baseline().rows(q.x(), q.numbers(), q.memory());
    Tensor values =
        new PathSum(new Key(layer), (r, points) -> points.sum(r.gradient(layer)))
            .run(q, from, q.x(), route.rule().rule(route.steps()));
    return q.answer(this, values, q.explained(), null, null);
  }
}
