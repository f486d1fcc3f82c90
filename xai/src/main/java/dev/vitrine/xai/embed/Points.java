package dev.vitrine.xai.embed;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;

/**
 * The rows of a matrix: coordinate k of point i is {@code values[i · dimension + k]}.
 *
 * @param values [count · dimension], not to be changed
 */
public record Points(int count, int dimension, double[] values) {
  public Points {
    if (count < 1 || dimension < 1 || (long) count * dimension != values.length) {
      throw new IllegalArgumentException(
          "%d points of %d coordinates from %d values: count · dimension values are needed, both at"
                  .formatted(count, dimension, values.length)
              + " least 1");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "point %d has the coordinate %s at %d: all must be finite"
                .formatted(i / dimension, values[i], i % dimension));
      }
    }
  }

  /** The rows of a tensor [n, …]: images and activations are flattened. */
  public static Points of(Tensor rows) {
    Shape s = rows.shape();
    if (s.rank() < 2 || s.size() == 0) {
      throw new IllegalArgumentException(
          "points from shape " + s + ": [n, …] with at least one value per row is needed");
    }
    double[] values = new double[Math.toIntExact(s.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.at(i);
    }
    return new Points(s.dim(0), values.length / s.dim(0), values);
  }

  public double at(int point, int coordinate) {
    return values[point * dimension + coordinate];
  }

  /** ‖x_i − x_j‖². */
  double squaredDistance(int i, int j) {
    int a = i * dimension;
    int b = j * dimension;
    // Four chains: one alone would wait for each addition.
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = 0;
    for (; k + 3 < dimension; k += 4) {
      double d0 = values[a + k] - values[b + k];
      double d1 = values[a + k + 1] - values[b + k + 1];
      double d2 = values[a + k + 2] - values[b + k + 2];
      double d3 = values[a + k + 3] - values[b + k + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; k < dimension; k++) {
      double d = values[a + k] - values[b + k];
      s0 += d * d;
    }
    return s0 + s1 + (s2 + s3);
  }
}
