package dev.vitrine.xai;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;

/**
 * Images [n, h, w, c] smoothed by a Gaussian that is cut at four deviations, by what is outside.
 */
public enum Blur {
  /** Outside there are zeros. */
  ZEROS,
  /** The weights of what is inside are scaled up to 1. */
  INSIDE;

  /** Smoothed with a deviation in pixels; 0 = as it is. */
  public Tensor of(Tensor x, double deviation, Memory memory) {
    Shape s = x.shape();
    if (s.rank() != 4) {
      throw new IllegalArgumentException(
          "blurring input of shape " + s + ": images [n, h, w, c] are needed");
    }
    Tensor columns = memory.floats(s);
    Tensor both = memory.floats(s);
    if (deviation == 0) {
      return both.set(x);
    }
    along(x, columns, deviation, s.dim(2), s.dim(3)); // along w
    along(columns, both, deviation, s.dim(1), s.dim(2) * s.dim(3)); // along h
    return both;
  }

  /** Blurring an axis as a product with this [extent, extent] matrix, row by row. */
  public double[] matrix(int extent, double deviation) {
    double[] m = new double[extent * extent];
    double all = deviation == 0 ? 1 : all(deviation);
    for (int i = 0; i < extent; i++) {
      double inside = 0;
      for (int j = 0; j < extent; j++) {
        m[i * extent + j] = weight(i - j, deviation);
        inside += m[i * extent + j];
      }
      for (int j = 0; j < extent; j++) {
        m[i * extent + j] /= this == ZEROS ? all : inside;
      }
    }
    return m;
  }

  /** Of a pixel {@code d} away. */
  private static double weight(int d, double deviation) {
    if (d == 0 || Math.abs(d) > Math.ceil(4 * deviation)) {
      return d == 0 ? 1 : 0;
    }
    double z = d / deviation;
    return StrictMath.exp(-0.5 * z * z);
  }

  /** Along an axis of {@code extent} whose elements lie {@code step} apart. */
  private void along(Tensor from, Tensor to, double deviation, int extent, int step) {
    int reach = (int) Math.min(extent - 1, Math.ceil(4 * deviation));
    double[] weights = new double[reach + 1];
    for (int d = 0; d <= reach; d++) {
      weights[d] = weight(d, deviation);
    }
    double all = all(deviation);
    for (long i = 0; i < to.size(); i++) {
      int at = (int) (i / step % extent);
      double sum = 0;
      double inside = 0;
      for (int d = Math.max(-reach, -at); d <= Math.min(reach, extent - 1 - at); d++) {
        double weight = weights[Math.abs(d)];
        sum += weight * from.at(i + (long) d * step);
        inside += weight;
      }
      to.put(i, (float) (sum / (this == ZEROS ? all : inside)));
    }
  }

  /** The sum of all weights, inside and outside. */
  private static double all(double deviation) {
    double sum = 1;
    for (int d = 1; d <= Math.ceil(4 * deviation); d++) {
      sum += 2 * weight(d, deviation);
    }
    return sum;
  }
}
