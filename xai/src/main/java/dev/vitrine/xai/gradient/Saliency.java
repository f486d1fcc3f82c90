package dev.vitrine.xai.gradient;

import dev.vitrine.autodiff.Var;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Recording;
import java.util.Map;

/** a = |df/dx|, or df/dx if signed (Simonyan, Vedaldi and Zisserman 2013). */
public record Saliency(Place at, boolean signed) implements Expression {
  /** The absolute gradient. */
  public Saliency() {
    this(false);
  }

  public Saliency(boolean signed) {
    this(Place.input(), signed);
  }

  /** The gradient towards a layer. */
  public Saliency at(Place other) {
    return new Saliency(other, signed);
  }

  @Override
  public String name() {
    return "Saliency";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("at", at.toString(), "signed", String.valueOf(signed));
  }

  @Override
  public Var on(Recording r) {
    Var g = r.gradient(at);
    return signed ? g : g.abs();
  }
}
