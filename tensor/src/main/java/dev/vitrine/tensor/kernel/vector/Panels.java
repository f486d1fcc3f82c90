package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.VECTOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Operands copied into the order in which a tile reads them, rows of constant length.
 *
 * <p>B is cut into strips of {@link #width} columns; the strip that begins at column j lies at
 * float depth·j of the panels and holds {@code depth} rows of its width, filled up with zeros.
 */
final class Panels {
  /** Rows of a tile. */
  static final int TILE = 6;

  /** Bytes of a row of the left operand's panel: room for the rows of a tile. */
  static final long STEP = 32;

  /** Columns of the usual strip: 4 vectors if there are 32 registers, 2 if there are 16. */
  static final int STRIP = WIDTH == 16 || manyRegisters() ? 4 * WIDTH : 2 * WIDTH;

  private Panels() {}

  private static boolean manyRegisters() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }

  /** Columns that the strip with {@code left} columns still to come is wide. */
  static int width(int left) {
    return left > 2 * WIDTH ? STRIP : 2 * WIDTH;
  }

  /** The columns up to the last whole strip. */
  static int whole(int n) {
    int left = n % STRIP;
    return left == width(left) ? n : n - left;
  }

  /** Floats that the panels of k × n elements take. */
  static long size(int k, int n) {
    return (long) k * (n + STRIP);
  }

  /**
   * Packs b[l, j] at {@code b + l·ldb + 4·j}, k rows, as row {@code first} and following of {@code
   * depth}.
   */
  static void pack(long b, long ldb, int k, int n, long panels, int first, int depth) {
    for (int j = 0; j < n; j += STRIP) {
      int width = width(n - j);
      long strip = panels + 4 * ((long) depth * j + (long) first * width);
      if (n - j >= 4 * WIDTH && width == 4 * WIDTH) {
        copy(b + 4L * j, ldb, k, strip);
      } else {
        copy(b + 4L * j, ldb, k, Math.min(STRIP, n - j), width, strip);
      }
    }
  }

  private static void copy(long b, long ldb, int k, long strip) {
    for (int l = 0; l < k; l++) {
      long from = b + l * ldb;
      long to = strip + 4L * VECTOR * l;
      FloatVector v0 = Raw.vector(from);
      FloatVector v1 = Raw.vector(from + VECTOR);
      FloatVector v2 = Raw.vector(from + 2 * VECTOR);
      FloatVector v3 = Raw.vector(from + 3 * VECTOR);
      Raw.put(v0, to);
      Raw.put(v1, to + VECTOR);
      Raw.put(v2, to + 2 * VECTOR);
      Raw.put(v3, to + 3 * VECTOR);
    }
  }

  private static void copy(long b, long ldb, int k, int columns, int width, long strip) {
    for (int j = 0; j < width; j += WIDTH) {
      column(b + 4L * j, ldb, k, columns - j, strip + 4L * j, 4L * width);
    }
  }

  /** One vector of each row, of which n elements are there. */
  private static void column(long b, long ldb, int k, int n, long to, long step) {
    VectorMask<Float> m = Raw.first(n);
    for (int l = 0; l < k; l++) {
      Raw.put(Raw.vector(b + l * ldb, m), to + l * step);
    }
  }

  /** As {@link #pack} for b[l, j] at {@code b + j·ldb + 4·l}: rows become columns. */
  static void packTransposed(long b, long ldb, int k, int n, long panels, int first, int depth) {
    for (int j = 0; j < n; j += STRIP) {
      int width = width(n - j);
      long strip = panels + 4 * ((long) depth * j + (long) first * width);
      for (int i = 0; i < width; i += 4) {
        long row = b + (j + i) * ldb;
        if (n - j - i >= 4) {
          turn(row, ldb, k, strip + 4L * i, 4L * width);
        } else {
          turn(row, ldb, n - j - i, k, strip + 4L * i, 4L * width);
        }
      }
    }
  }

  /** Four rows at a time: each line of the panel is then touched by few passes. */
  private static void turn(long b, long ldb, int k, long panel, long step) {
    for (int l = 0; l < k; l++) {
      long from = b + 4L * l;
      long to = panel + l * step;
      float e0 = Raw.get(from);
      float e1 = Raw.get(from + ldb);
      float e2 = Raw.get(from + 2 * ldb);
      float e3 = Raw.get(from + 3 * ldb);
      Raw.put(e0, to);
      Raw.put(e1, to + 4);
      Raw.put(e2, to + 8);
      Raw.put(e3, to + 12);
    }
  }

  /** The last rows; zeros for those that are not there. */
  private static void turn(long b, long ldb, int rows, int k, long panel, long step) {
    for (int l = 0; l < k; l++) {
      for (int i = 0; i < 4; i++) {
        Raw.put(i < rows ? Raw.get(b + i * ldb + 4L * l) : 0, panel + l * step + 4L * i);
      }
    }
  }

  /**
   * The panel of a transposed left operand: a[l, i] at {@code a + l·lda + 4·i}, for the rows of a
   * tile.
   */
  static void packLeft(long a, long lda, int rows, int k, long panel) {
    VectorMask<Float> m = Raw.first(rows);
    if (WIDTH * 4L < STEP) {
      VectorMask<Float> behind = Raw.first(rows - WIDTH);
      for (int l = 0; l < k; l++) {
        Raw.put(Raw.vector(a + l * lda, m), panel + l * STEP);
        Raw.put(Raw.vector(a + l * lda + VECTOR, behind), panel + l * STEP + VECTOR);
      }
      return;
    }
    for (int l = 0; l < k; l++) { // a wide vector writes over the next row, which comes next
      Raw.put(Raw.vector(a + l * lda, m), panel + l * STEP);
    }
  }
}
