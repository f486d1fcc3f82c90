package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;

/** [n, …] as [n, ·]; an image's channels stay neighbours: index (h·W + w)·C + c. */
public record Flatten() implements Layer {
  @Override
  public Var forward(Var x, Mode mode) {
    return x.flatten();
  }

  @Override
  public String kind() {
    return "flatten";
  }

  @Override
  public String toString() {
    return "flatten";
  }
}
