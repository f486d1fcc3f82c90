package dev.vitrine.xai;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;
import static dev.vitrine.nn.layer.Layers.tanh;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;

/** Small networks and inputs to explain. */
public final class Nets {
  public static final Device SCALAR = Device.of("scalar", 1);

  private Nets() {}

  /** The network on the reference backend. */
  public static Subject subject(Network n) {
    return new Subject(n, "test", SCALAR);
  }

  /** One row. */
  public static Tensor row(float... values) {
    return Tensor.of(Shape.of(1, values.length), values);
  }

  /** Column {@code i} of [n, k], as [n, 1]. */
  public static Var column(Var x, int i) {
    return x.slice(1, i, i + 1);
  }

  /** A constant matrix on the tape of x. */
  public static Var matrix(Var x, int rows, int columns, float... values) {
    return x.tape().constant("matrix", Tensor.of(Shape.of(rows, columns), values));
  }

  /** [n, 4] to 3 outputs, smooth everywhere. */
  public static Model smooth() {
    return Model.sequential(linear(4, 16), tanh(), linear(16, 8), tanh(), linear(8, 3)).init(21);
  }

  /** Images [n, 8, 8, 1] to 3 outputs, with kinks. */
  public static Model images() {
    return Model.sequential(
            conv2d(1, 5, 3), relu(), maxPool2d(2), flatten(), linear(45, 8), relu(), linear(8, 3))
        .init(22);
  }

  /** Standard normal numbers. */
  public static Tensor normal(long seed, int... dims) {
    Shape s = Shape.of(dims);
    Tensor x = Tensor.of(s, new float[(int) s.size()]);
    var random = new RandomStream(seed, 0, 0);
    for (long i = 0; i < x.size(); i++) {
      x.put(i, (float) random.normal());
    }
    return x;
  }
}
