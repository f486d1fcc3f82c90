package dev.vitrine.xai.metric;

import dev.vitrine.xai.Copies;

/**
 * Copies of rows, each changed in its own way; those of a row stand one behind the other.
 *
 * @param each copies of each row
 */
record Changed(float[][] rows, int each, Change change) implements Copies {
  /** What becomes of a row. */
  interface Change {
    /** Copy {@code k} of row {@code r}, whose elements are {@code x}, in an array of its own. */
    float[] of(float[] x, int r, int k);
  }

  @Override
  public int count() {
    return Math.multiplyExact(rows.length, each);
  }

  @Override
  public int row(int c) {
    return c / each;
  }

  @Override
  public void write(int c, float[] into, int at) {
    float[] copy = change.of(rows[row(c)], row(c), c % each);
    System.arraycopy(copy, 0, into, at, copy.length);
  }
}
