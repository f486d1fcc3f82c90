package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;

/** y[n, 0, 0, c] = mean over h and w of x[n, h, w, c]. */
public record GlobalAvgPool2d() implements Layer {
  @Override
  public Var forward(Var x, Mode mode) {
    if (x.shape().rank() != 4) {
      throw new IllegalArgumentException(
          "globalAvgPool2d: input " + x.shape() + ": images [n, h, w, c] are needed");
    }
    return x.mean(1, 2);
  }

  @Override
  public String kind() {
    return "pool";
  }

  @Override
  public String toString() {
    return "globalAvgPool2d";
  }
}
