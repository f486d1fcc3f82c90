package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;

/**
 * Where attributions should be, known from elsewhere: an object's pixels, the features that made
 * the data.
 *
 * @param inside int32 or float32 in the shape of the attributions, or [m, h, w] for [m, h, w, c]:
 *     not 0 = inside. The row of number k has mask k; one mask alone is that of all rows
 */
public record Masks(Tensor inside) {
  /** The mask of a row, an entry for each of its attributions. */
  boolean[] of(int number, int size) {
    Shape s = inside.shape();
    int m = s.rank() == 0 ? 0 : s.dim(0);
    int at = m == 1 ? 0 : number;
    if (at >= m || at < 0) {
      throw new IllegalArgumentException(
          "masks %s have none for row %d: give one for each row, or one for all"
              .formatted(s, number));
    }
    int own = Math.toIntExact(inside.size() / m);
    if (own == 0 || size % own != 0 || own != size && s.rank() != 3) {
      throw new IllegalArgumentException(
          "masks %s for rows of %d attributions: each attribution or each pixel needs an entry"
              .formatted(s, size));
    }
    boolean[] mask = new boolean[size];
    for (int i = 0; i < size; i++) {
      long entry = (long) at * own + i / (size / own);
      mask[i] =
          switch (inside.dtype()) {
            case FLOAT32 -> inside.at(entry) != 0;
            case INT32 -> inside.intAt(entry) != 0;
          };
    }
    return mask;
  }

  static int count(boolean[] mask) {
    int count = 0;
    for (boolean in : mask) {
      count += in ? 1 : 0;
    }
    return count;
  }

  /** The share of these elements that lies inside. */
  static double share(boolean[] mask, int[] elements) {
    int inside = 0;
    for (int i : elements) {
      inside += mask[i] ? 1 : 0;
    }
    return (double) inside / elements.length;
  }

  @Override
  public String toString() {
    return inside.shape() + " " + TensorHash.of(inside).substring(0, 16);
  }
}
