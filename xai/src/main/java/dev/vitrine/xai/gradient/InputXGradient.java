package dev.vitrine.xai.gradient;

import dev.vitrine.autodiff.Var;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Recording;
import java.util.Map;

/** a = x·df/dx (Shrikumar et al. 2016); at a layer, activation times gradient. */
public record InputXGradient(Place at) implements Expression {
  public InputXGradient() {
    this(Place.input());
  }

  public InputXGradient at(Place other) {
    return new InputXGradient(other);
  }

  @Override
  public String name() {
    return "InputXGradient";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("at", at.toString());
  }

  @Override
  public Var on(Recording r) {
    return r.at(at).mul(r.gradient(at));
  }
}
