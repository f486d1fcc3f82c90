package dev.vitrine.xai.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.FromBaseline;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.gradient.PathSum;
import dev.vitrine.xai.gradient.Route;
import dev.vitrine.xai.gradient.StraightPath;
import java.util.Map;

/**
 * a_j = ∫ ∂f/∂y_j·dy_j along the straight path in the input: what flows through neuron j of a layer
 * (Dhamdhere, Sundararajan and Yan 2019, definition 1), as Σ_k ∂f/∂y_j(α_k)·(y_j(α_k+1) − y_j(α_k))
 * over steps + 1 points (as Captum has it). Over a layer that everything passes, Σ a ≈ f(x) − f(b).
 */
public record LayerConductance(Place layer, Route route) implements FromBaseline {
  /** 50 steps between Gauss–Legendre points from a baseline of zeros. */
  public LayerConductance(Place layer) {
    this(layer, new Route());
  }

  @Override
  public LayerConductance baseline(Baseline other) {
    return new LayerConductance(layer, route.baseline(other));
  }

  @Override
  public String name() {
    return "LayerConductance";
  }

  @Override
  public Map<String, String> settings() {
    return route.settings("layer", layer);
  }

  private record Key(Place layer) {}

  @Override
  public Attribution explain(Question q) {
    StraightPath path = StraightPath.of(q, Place.input(), route.baseline());
    Tensor values =
        new PathSum(new Key(layer), this::terms)
            .run(q, path.from(), path.to(), route.rule().rule(route.steps() + 1));
    var convergence = Attribution.Convergence.of(values, path.differences(), route.steps());
    return q.answer(this, values, path.fto(), convergence, null);
  }

  private void terms(Recording r, PathSum.Points points) {
    Var y = r.at(layer);
    Var g = r.gradient(layer);
    Var sum = points.carried(y);
    Var lastY = points.carried(y);
    Var lastG = points.carried(y); // zeros before the first point
    for (int k = 0; k < points.count(); k++) {
      Var here = points.at(k, y);
      sum = sum.add(lastG.mul(here.sub(lastY)));
      lastY = here;
      lastG = points.at(k, g);
    }
    points.carry(sum);
    points.carry(lastY);
    points.carry(lastG);
  }
}
