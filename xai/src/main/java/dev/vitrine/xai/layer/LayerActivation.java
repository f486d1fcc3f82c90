package dev.vitrine.xai.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Recording;
import java.util.Map;

/** a = what a layer holds. */
public record LayerActivation(Place layer) implements Expression {
  @Override
  public String name() {
    return "LayerActivation";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("layer", layer.toString());
  }

  @Override
  public Var on(Recording r) {
    return r.at(layer);
  }
}
