package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;

/**
 * y[o, i] = the largest (smallest) x[o, j, i] and the first j where it is; the first NaN beats all.
 */
final class Extrema {
  private Extrema() {}

  static void max(Fold f, Tensor x, Tensor y, Tensor index) {
    for (int o = 0; o < f.outer(); o++) {
      for (int i = 0; i < f.inner(); i++) {
        float best = Float.NEGATIVE_INFINITY;
        int first = 0;
        for (int j = 0; j < f.n(); j++) {
          float v = x.at(((long) o * f.n() + j) * f.inner() + i);
          if (above(v, best)) {
            best = v;
            first = j;
          }
        }
        y.put((long) o * f.inner() + i, best);
        index.putInt((long) o * f.inner() + i, first);
      }
    }
  }

  static void min(Fold f, Tensor x, Tensor y, Tensor index) {
    for (int o = 0; o < f.outer(); o++) {
      for (int i = 0; i < f.inner(); i++) {
        float best = Float.POSITIVE_INFINITY;
        int first = 0;
        for (int j = 0; j < f.n(); j++) {
          float v = x.at(((long) o * f.n() + j) * f.inner() + i);
          if (below(v, best)) {
            best = v;
            first = j;
          }
        }
        y.put((long) o * f.inner() + i, best);
        index.putInt((long) o * f.inner() + i, first);
      }
    }
  }

  /** max x over {@code n} elements from {@code from} on; −∞ if there are none. */
  static float max(Tensor x, long from, int n) {
    float best = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      float v = x.at(from + j);
      if (above(v, best)) {
        best = v;
      }
    }
    return best;
  }

  /** True if v replaces the largest so far: equals don't, and nothing replaces a NaN. */
  static boolean above(float v, float best) {
    return v > best || (Float.isNaN(v) && !Float.isNaN(best));
  }

  private static boolean below(float v, float best) {
    return v < best || (Float.isNaN(v) && !Float.isNaN(best));
  }
}
