package dev.vitrine.tensor.kernel.vector;

import java.lang.foreign.MemorySegment;

/**
 * C = A·B for a tile, without vectors: the bits of {@link Tile4} and {@link Tile2} until those are
 * compiled.
 */
final class PlainTile {
  private PlainTile() {}

  /**
   * Element (i, l) of A at byte {@code a0 + i·rowStep + l·step}; row l of B at {@code b + l·ldb}.
   */
  static void run(
      int rows,
      int columns,
      int k,
      MemorySegment a,
      long a0,
      long rowStep,
      long step,
      long b,
      long ldb,
      MemorySegment c,
      long c0,
      long ldc) {
    for (int i = 0; i < rows; i++) {
      long ci = c.address() + c0 + i * ldc;
      for (int j = 0; j < columns; j++) {
        Raw.put(0, ci + 4L * j);
      }
      for (int l = 0; l < k; l++) {
        float x = a.get(Raw.FLOAT, a0 + i * rowStep + l * step);
        addScaled(x, b + l * ldb, columns, ci);
      }
    }
  }

  /** c = x·b + c. */
  private static void addScaled(float x, long b, int n, long c) {
    for (int j = 0; j < n; j++) {
      Raw.put(Math.fma(x, Raw.get(b + 4L * j), Raw.get(c + 4L * j)), c + 4L * j);
    }
  }
}
