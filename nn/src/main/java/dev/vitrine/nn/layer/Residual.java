package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import java.util.List;

/** y = x + f(x), f a stack of layers that keeps the shape. He et al. 2016. */
public record Residual(Sequential body) implements Layer {
  @Override
  public Var forward(Var x, Mode mode) {
    Var y = body.forward(x, mode);
    if (!y.shape().equals(x.shape())) {
      throw new IllegalArgumentException(
          "residual: its layers turn %s into %s, but both are added; make them keep the shape"
              .formatted(x.shape(), y.shape()));
    }
    return x.add(y);
  }

  @Override
  public String kind() {
    return "residual";
  }

  @Override
  public List<Layer> children() {
    return body.layers();
  }

  @Override
  public String toString() {
    return "residual(" + body + ")";
  }
}
