package dev.vitrine.cpp;

import dev.vitrine.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The axes of up to three operands that are read as if they had the shape of y
 * (src/main/cpp/stretch.h): extent and the operands' steps, innermost first.
 *
 * <p>Neighbouring axes that all operands see alike are one. There is at least one.
 */
final class Stretch {
  private Stretch() {}

  static void put(Call call, Shape y, Shape a, @Nullable Shape b, @Nullable Shape c) {
    long extent = 1;
    boolean inA = true;
    boolean inB = true;
    boolean inC = true;
    long stepA = 1;
    long stepB = 1;
    long stepC = 1;
    for (int axis = y.rank() - 1; axis >= 0; axis--) {
      int n = y.dim(axis);
      if (n == 1) {
        continue;
      }
      boolean nextA = in(a, y, axis);
      boolean nextB = in(b, y, axis);
      boolean nextC = in(c, y, axis);
      if (extent > 1 && (nextA != inA || nextB != inB || nextC != inC)) {
        put(call, extent, inA ? stepA : 0, b, inB ? stepB : 0, c, inC ? stepC : 0);
        stepA *= inA ? extent : 1;
        stepB *= inB ? extent : 1;
        stepC *= inC ? extent : 1;
        extent = 1;
      }
      inA = nextA;
      inB = nextB;
      inC = nextC;
      extent *= n;
    }
    put(call, extent, inA ? stepA : 0, b, inB ? stepB : 0, c, inC ? stepC : 0);
  }

  /** True if x has this axis of y, false if it is stretched along it. */
  private static boolean in(@Nullable Shape x, Shape y, int axis) {
    return x != null && x.aligned(y.rank(), axis) != 1;
  }

  private static void put(
      Call call,
      long extent,
      long stepA,
      @Nullable Shape b,
      long stepB,
      @Nullable Shape c,
      long stepC) {
    call.put(extent).put(stepA);
    if (b != null) {
      call.put(stepB);
    }
    if (c != null) {
      call.put(stepC);
    }
  }
}
