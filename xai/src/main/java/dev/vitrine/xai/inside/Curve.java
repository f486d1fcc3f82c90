package dev.vitrine.xai.inside;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.function.UnaryOperator;

/**
 * An activation function as the engine computes it: points (x, f(x)) and the slope f′(x) that the
 * tape's gradient has there.
 *
 * @param x in ascending order, at equal distances
 * @param y f(x)
 * @param slope f′(x)
 */
public record Curve(float[] x, float[] y, float[] slope) {

  /** Of a function that acts on each element by itself. */
  public static Curve of(UnaryOperator<Var> f, double low, double high, int points) {
    if (points < 2 || !(low < high)) {
      throw new IllegalArgumentException(
          "%d points from %s to %s: at least 2 and low < high are needed"
              .formatted(points, low, high));
    }
    float[] x = new float[points];
    for (int i = 0; i < points; i++) {
      x[i] = (float) (low + (high - low) * i / (points - 1));
    }
    try (Tape tape = Tape.eager(Device.standard())) {
      Var in = tape.input("x", Tensor.of(Shape.of(points, 1), x));
      Var y = f.apply(in);
      if (!y.shape().equals(in.shape())) {
        throw new IllegalArgumentException(
            "the function makes %s of %s: one that acts on each element by itself is needed"
                .formatted(y.shape(), in.shape()));
      }
      Var slope = tape.gradient(y, in);
      return new Curve(x, y.value().toFloats(), slope.value().toFloats());
    }
  }

  /** Of an activation layer. */
  public static Curve of(Layer activation, double low, double high, int points) {
    return of(x -> activation.forward(x, Mode.EVALUATION), low, high, points);
  }
}
