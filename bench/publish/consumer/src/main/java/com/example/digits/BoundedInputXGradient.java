package com.example.digits;

import dev.vitrine.autodiff.Var;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Recording;
import java.util.Map;

/** a = s(x·df/dx), s(t) = t/(1 + |t|): signs and ranks of input × gradient, between −1 and 1. */
record BoundedInputXGradient() implements Expression {
  @Override
  public String name() {
    return "BoundedInputXGradient";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public Var on(Recording r) {
    return Softsign.of(r.x().mul(r.gradient(Place.input())));
  }
}
