package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;

/** Sums and products over the middle of [outer, n, inner]: each column (o, i) is a chain over j. */
final class Columns {
  private Columns() {}

  /** Chunks of 512 terms; a chain of nothing is +0, so there is always one chunk. */
  static void sumColumns(Fold f, Tensor x, Tensor y) {
    for (int o = 0; o < f.outer(); o++) {
      for (int i = 0; i < f.inner(); i++) {
        float total = Chunks.NOTHING;
        float chain = 0;
        for (int j = 0; j < f.n(); j++) {
          if (Chunks.cuts(j)) {
            total += chain;
            chain = 0;
          }
          chain += x.at(at(f, o, j, i));
        }
        y.put(at(f, o, i), total + chain);
      }
    }
  }

  static void product(Fold f, Tensor x, Tensor y) {
    for (int o = 0; o < f.outer(); o++) {
      for (int i = 0; i < f.inner(); i++) {
        float product = 1;
        for (int j = 0; j < f.n(); j++) {
          product *= x.at(at(f, o, j, i));
        }
        y.put(at(f, o, i), product);
      }
    }
  }

  /** Those before are multiplied ascending, those behind descending: two passes instead of n. */
  static void productOfOthers(Fold f, Tensor x, Tensor y) {
    for (int o = 0; o < f.outer(); o++) {
      for (int i = 0; i < f.inner(); i++) {
        float before = 1;
        for (int j = 0; j < f.n(); j++) {
          long at = at(f, o, j, i);
          y.put(at, before);
          before *= x.at(at);
        }
        float behind = 1;
        for (int j = f.n() - 1; j >= 0; j--) {
          long at = at(f, o, j, i);
          y.put(at, y.at(at) * behind);
          behind *= x.at(at);
        }
      }
    }
  }

  /** The chain starts at +0 at either end. */
  static void cumulativeSum(Fold f, boolean reverse, Tensor x, Tensor y) {
    for (int o = 0; o < f.outer(); o++) {
      for (int i = 0; i < f.inner(); i++) {
        float chain = 0;
        for (int l = 0; l < f.n(); l++) {
          long at = at(f, o, reverse ? f.n() - 1 - l : l, i);
          chain += x.at(at);
          y.put(at, chain);
        }
      }
    }
  }

  private static long at(Fold f, int o, int j, int i) {
    return ((long) o * f.n() + j) * f.inner() + i;
  }

  private static long at(Fold f, int o, int i) {
    return (long) o * f.inner() + i;
  }
}
