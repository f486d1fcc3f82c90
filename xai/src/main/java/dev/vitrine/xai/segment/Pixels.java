package dev.vitrine.xai.segment;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/** An image in binary64: channel k of pixel i is {@code values[3 · i + k]}, i row-major. */
record Pixels(int height, int width, double[] values) {

  /** A grey image has three equal channels. */
  static Pixels of(Tensor image) {
    Shape s = image.shape();
    if (s.rank() != 3 || (s.dim(2) != 1 && s.dim(2) != 3) || s.size() == 0) {
      throw new IllegalArgumentException(
          "image of shape " + s + ": one image [h, w, c] with c = 1 or 3 channels is needed");
    }
    int channels = s.dim(2);
    double[] values = new double[3 * s.dim(0) * s.dim(1)];
    for (int i = 0; i < values.length; i++) {
      double v = image.at(channels == 1 ? i / 3 : i);
      if (!(v >= 0 && v <= 1)) {
        throw new IllegalArgumentException(
            "image with value %s at row %d, column %d: values from 0 to 1 are needed, so undo what"
                    .formatted(v, i / 3 / s.dim(1), i / 3 % s.dim(1))
                + " standardised it");
      }
      values[i] = v;
    }
    return new Pixels(s.dim(0), s.dim(1), values);
  }

  int count() {
    return height * width;
  }

  /** ‖colour of pixel i − colour of pixel j‖². */
  double squaredDistance(int i, int j) {
    double a = values[3 * i] - values[3 * j];
    double b = values[3 * i + 1] - values[3 * j + 1];
    double c = values[3 * i + 2] - values[3 * j + 2];
    return a * a + b * b + c * c;
  }

  /** The least value becomes 0, the greatest 1; an image of one value becomes black. */
  Pixels stretched() {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      least = Math.min(least, v);
      greatest = Math.max(greatest, v);
    }
    double black = least;
    double range = greatest > least ? greatest - least : 1;
    return map(v -> (v - black) / range);
  }

  Pixels times(double factor) {
    return map(v -> v * factor);
  }

  private Pixels map(DoubleUnaryOperator f) {
    double[] mapped = new double[values.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = f.applyAsDouble(values[i]);
    }
    return new Pixels(height, width, mapped);
  }
}
