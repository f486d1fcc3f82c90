package dev.vitrine.xai.global;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Copies;

/** The rows of a data set as a table of numbers, and changed copies of them. */
record Rows(float[] values, int count, int width) {
  /** Of rows [n, …]; refuses a data set without any. */
  static Rows of(Tensor x) {
    int n = x.shape().rank() == 0 ? 0 : x.shape().dim(0);
    if (n == 0) {
      throw new IllegalArgumentException(
          "data of shape %s has no rows: [n, …] with at least one is needed".formatted(x.shape()));
    }
    return new Rows(x.toFloats(), n, Math.toIntExact(x.size() / n));
  }

  float at(int row, Feature f) {
    return values[row * width + f.index()];
  }

  /** What all rows have of a feature; −0 is 0. */
  double[] column(Feature f) {
    if (f.index() < 0 || f.index() >= width) {
      throw new IllegalArgumentException(
          "feature \"%s\" is number %d, rows have %d: count from 0".formatted(f, f.index(), width));
    }
    double[] column = new double[count];
    for (int r = 0; r < count; r++) {
      column[r] = at(r, f) + 0.0;
    }
    return column;
  }

  /** Changes copy {@code i} of a row, which begins at {@code at}. */
  @FunctionalInterface
  interface Change {
    void in(int row, int i, float[] into, int at);
  }

  /** So many copies of each row, one row's behind the other's. */
  Copies copies(int each, Change change) {
    int all = Math.multiplyExact(count, each);
    return new Copies() {
      @Override
      public int count() {
        return all;
      }

      @Override
      public int row(int c) {
        return c / each;
      }

      @Override
      public void write(int c, float[] into, int at) {
        System.arraycopy(values, row(c) * width, into, at, width);
        change.in(row(c), c % each, into, at);
      }
    };
  }
}
