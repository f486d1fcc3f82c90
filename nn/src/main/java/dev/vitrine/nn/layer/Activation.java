package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import java.util.function.UnaryOperator;

/**
 * y = f(x) without parameters: {@code kind} names it in a model, {@code text} is its specification.
 */
public record Activation(String kind, String text, UnaryOperator<Var> f) implements Layer {
  /** One whose kind says everything. */
  Activation(String kind, UnaryOperator<Var> f) {
    this(kind, kind, f);
  }

  @Override
  public Var forward(Var x, Mode mode) {
    return f.apply(x);
  }

  @Override
  public String toString() {
    return text;
  }
}
