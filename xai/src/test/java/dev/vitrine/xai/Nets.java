package dev.vitrine.xai;

import static dev.vitrine.nn.layer.Layers.avgPool2d;
import static dev.vitrine.nn.layer.Layers.batchNorm;
import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;
import static dev.vitrine.nn.layer.Layers.residual;
import static dev.vitrine.nn.layer.Layers.tanh;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Parameter;
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

  /** Images [n, 8, 8, 2] to 3 outputs, with batch norms that are far from doing nothing. */
  public static Model skips() {
    Model m =
        Model.sequential(
                conv2d(2, 4, 3),
                batchNorm(4),
                relu(),
                residual(
                    conv2d(4, 5, 3).padding(1),
                    batchNorm(5),
                    relu(),
                    conv2d(5, 4, 3).padding(1),
                    batchNorm(4)),
                relu(),
                maxPool2d(2),
                conv2d(4, 6, 2),
                relu(),
                avgPool2d(2),
                flatten(),
                linear(6, 8),
                relu(),
                linear(8, 3))
            .init(23);
    var random = new RandomStream(24, 0, 0);
    for (Parameter p : m.parameters()) {
      String name = p.name();
      boolean norm = name.contains("norm");
      boolean positive = name.endsWith("weight") || name.endsWith("var");
      for (long i = 0; norm && i < p.shape().size(); i++) {
        double v = positive ? 0.5 + random.uniform() : 0.3 * random.normal();
        p.value().put(i, (float) v);
      }
    }
    return m;
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
