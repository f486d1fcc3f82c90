package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.ALL;
import static dev.vitrine.tensor.kernel.vector.Raw.FLOAT;
import static dev.vitrine.tensor.kernel.vector.Raw.ORDER;
import static dev.vitrine.tensor.kernel.vector.Raw.all;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * C = A·B for a tile of 6 rows × 2 vectors: {@link Tile4} for 16 registers (12 + 2 + 1) and for
 * narrow C.
 */
final class Tile2 {
  private static final int VECTOR = 4 * WIDTH;

  /** Bytes of a row of the panel of A, 6 elements used. */
  private static final long STEP = Panels.STEP;

  private Tile2() {}

  /**
   * C = A·B; row i of A begins at byte {@code a0 + i·lda} of its segment, row l of B at the address
   * {@code b + l·ldb}.
   */
  static void along(
      int rows,
      int k,
      MemorySegment a,
      long a0,
      long lda,
      long b,
      long ldb,
      MemorySegment c,
      long c0,
      long ldc) {
    long a1 = rows > 1 ? a0 + lda : a0;
    long a2 = rows > 2 ? a1 + lda : a1;
    long a3 = rows > 3 ? a2 + lda : a2;
    long a4 = rows > 4 ? a3 + lda : a3;
    long a5 = rows > 5 ? a4 + lda : a4;
    FloatVector zero = all(0);
    FloatVector c00 = zero, c01 = zero;
    FloatVector c10 = zero, c11 = zero;
    FloatVector c20 = zero, c21 = zero;
    FloatVector c30 = zero, c31 = zero;
    FloatVector c40 = zero, c41 = zero;
    FloatVector c50 = zero, c51 = zero;
    long at = b;
    for (int l = 0; l < k; l++) {
      FloatVector v0 = fromMemorySegment(F, ALL, at, ORDER);
      FloatVector v1 = fromMemorySegment(F, ALL, at + VECTOR, ORDER);
      FloatVector x0 = all(a.get(FLOAT, a0 + l * 4L));
      c00 = x0.fma(v0, c00);
      c01 = x0.fma(v1, c01);
      FloatVector x1 = all(a.get(FLOAT, a1 + l * 4L));
      c10 = x1.fma(v0, c10);
      c11 = x1.fma(v1, c11);
      FloatVector x2 = all(a.get(FLOAT, a2 + l * 4L));
      c20 = x2.fma(v0, c20);
      c21 = x2.fma(v1, c21);
      FloatVector x3 = all(a.get(FLOAT, a3 + l * 4L));
      c30 = x3.fma(v0, c30);
      c31 = x3.fma(v1, c31);
      FloatVector x4 = all(a.get(FLOAT, a4 + l * 4L));
      c40 = x4.fma(v0, c40);
      c41 = x4.fma(v1, c41);
      FloatVector x5 = all(a.get(FLOAT, a5 + l * 4L));
      c50 = x5.fma(v0, c50);
      c51 = x5.fma(v1, c51);
      at += ldb;
    }
    c00.intoMemorySegment(c, c0, ORDER);
    c01.intoMemorySegment(c, c0 + VECTOR, ORDER);
    long o1 = rows > 1 ? c0 + ldc : c0;
    c10.intoMemorySegment(c, o1, ORDER);
    c11.intoMemorySegment(c, o1 + VECTOR, ORDER);
    long o2 = rows > 2 ? o1 + ldc : o1;
    c20.intoMemorySegment(c, o2, ORDER);
    c21.intoMemorySegment(c, o2 + VECTOR, ORDER);
    long o3 = rows > 3 ? o2 + ldc : o2;
    c30.intoMemorySegment(c, o3, ORDER);
    c31.intoMemorySegment(c, o3 + VECTOR, ORDER);
    long o4 = rows > 4 ? o3 + ldc : o3;
    c40.intoMemorySegment(c, o4, ORDER);
    c41.intoMemorySegment(c, o4 + VECTOR, ORDER);
    long o5 = rows > 5 ? o4 + ldc : o4;
    c50.intoMemorySegment(c, o5, ORDER);
    c51.intoMemorySegment(c, o5 + VECTOR, ORDER);
  }

  /** The same; A is a panel of {@link #STEP}-byte rows that hold one k each. */
  static void down(
      int rows,
      int k,
      MemorySegment a,
      long a0,
      long b,
      long ldb,
      MemorySegment c,
      long c0,
      long ldc) {
    long a1 = a0 + 4L * Math.min(1, rows - 1);
    long a2 = a0 + 4L * Math.min(2, rows - 1);
    long a3 = a0 + 4L * Math.min(3, rows - 1);
    long a4 = a0 + 4L * Math.min(4, rows - 1);
    long a5 = a0 + 4L * Math.min(5, rows - 1);
    FloatVector zero = all(0);
    FloatVector c00 = zero, c01 = zero;
    FloatVector c10 = zero, c11 = zero;
    FloatVector c20 = zero, c21 = zero;
    FloatVector c30 = zero, c31 = zero;
    FloatVector c40 = zero, c41 = zero;
    FloatVector c50 = zero, c51 = zero;
    long at = b;
    for (int l = 0; l < k; l++) {
      FloatVector v0 = fromMemorySegment(F, ALL, at, ORDER);
      FloatVector v1 = fromMemorySegment(F, ALL, at + VECTOR, ORDER);
      FloatVector x0 = all(a.get(FLOAT, a0 + l * STEP));
      c00 = x0.fma(v0, c00);
      c01 = x0.fma(v1, c01);
      FloatVector x1 = all(a.get(FLOAT, a1 + l * STEP));
      c10 = x1.fma(v0, c10);
      c11 = x1.fma(v1, c11);
      FloatVector x2 = all(a.get(FLOAT, a2 + l * STEP));
      c20 = x2.fma(v0, c20);
      c21 = x2.fma(v1, c21);
      FloatVector x3 = all(a.get(FLOAT, a3 + l * STEP));
      c30 = x3.fma(v0, c30);
      c31 = x3.fma(v1, c31);
      FloatVector x4 = all(a.get(FLOAT, a4 + l * STEP));
      c40 = x4.fma(v0, c40);
      c41 = x4.fma(v1, c41);
      FloatVector x5 = all(a.get(FLOAT, a5 + l * STEP));
      c50 = x5.fma(v0, c50);
      c51 = x5.fma(v1, c51);
      at += ldb;
    }
    c00.intoMemorySegment(c, c0, ORDER);
    c01.intoMemorySegment(c, c0 + VECTOR, ORDER);
    long o1 = rows > 1 ? c0 + ldc : c0;
    c10.intoMemorySegment(c, o1, ORDER);
    c11.intoMemorySegment(c, o1 + VECTOR, ORDER);
    long o2 = rows > 2 ? o1 + ldc : o1;
    c20.intoMemorySegment(c, o2, ORDER);
    c21.intoMemorySegment(c, o2 + VECTOR, ORDER);
    long o3 = rows > 3 ? o2 + ldc : o2;
    c30.intoMemorySegment(c, o3, ORDER);
    c31.intoMemorySegment(c, o3 + VECTOR, ORDER);
    long o4 = rows > 4 ? o3 + ldc : o3;
    c40.intoMemorySegment(c, o4, ORDER);
    c41.intoMemorySegment(c, o4 + VECTOR, ORDER);
    long o5 = rows > 5 ? o4 + ldc : o4;
    c50.intoMemorySegment(c, o5, ORDER);
    c51.intoMemorySegment(c, o5 + VECTOR, ORDER);
  }
}
