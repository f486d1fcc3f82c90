package dev.vitrine.xai.segment;

import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;

/** Small images to cut up. */
final class Images {
  private Images() {}

  /**
   * Blocks of 5 × 5 pixels with colours of their own, and some noise: no two distances are equal.
   */
  static Tensor blocks(int h, int w, int channels, int seed) {
    var random = new RandomStream(seed, 0, 0);
    double[] colours = new double[(h / 5 + 1) * (w / 5 + 1) * channels];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = 0.1 + 0.8 * random.uniform();
    }
    float[] values = new float[h * w * channels];
    for (int i = 0; i < values.length; i++) {
      int pixel = i / channels;
      int block = pixel / w / 5 * (w / 5 + 1) + pixel % w / 5;
      double noise = 0.1 * (random.uniform() - 0.5);
      values[i] = (float) (colours[block * channels + i % channels] + noise);
    }
    return Tensor.of(Shape.of(h, w, channels), values);
  }

  /** Black on the left of column {@code from}, white from there on. */
  static Tensor halves(int h, int w, int from) {
    float[] values = new float[h * w];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % w < from ? 0 : 1;
    }
    return Tensor.of(Shape.of(h, w, 1), values);
  }

  /** Each value v becomes scale · v + shift. */
  static Tensor changed(Tensor image, float scale, float shift) {
    float[] values = image.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * values[i] + shift;
    }
    return Tensor.of(image.shape(), values);
  }

  /** A grey image with its channel three times. */
  static Tensor coloured(Tensor grey) {
    Shape s = grey.shape();
    float[] values = new float[3 * s.dim(0) * s.dim(1)];
    for (int i = 0; i < values.length; i++) {
      values[i] = grey.at(i / 3);
    }
    return Tensor.of(Shape.of(s.dim(0), s.dim(1), 3), values);
  }

  /** The number of connected pieces that segments consist of; {@code diagonal}: of 8 neighbours. */
  static int pieces(Segments s, boolean diagonal) {
    var forest = new Forest(s.labels().length);
    for (int row = 0; row < s.height(); row++) {
      for (int column = 0; column < s.width(); column++) {
        for (int[] d : new int[][] {{0, 1}, {1, 0}, {1, 1}, {1, -1}}) {
          int r = row + d[0];
          int c = column + d[1];
          boolean inside = r < s.height() && c >= 0 && c < s.width();
          if (inside && (diagonal || d[0] * d[1] == 0) && s.at(r, c) == s.at(row, column)) {
            int a = forest.root(row * s.width() + column);
            int b = forest.root(r * s.width() + c);
            if (a != b) {
              forest.join(a, b);
            }
          }
        }
      }
    }
    return (int) Arrays.stream(forest.roots()).distinct().count();
  }
}
