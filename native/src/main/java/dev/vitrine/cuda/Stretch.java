package dev.vitrine.cuda;

import dev.vitrine.tensor.Shape;
import java.util.Arrays;

/**
 * How operands are read as if they had the shape of y, as elementwise.cu wants it: the axes of y
 * from the last to the first, neighbours that every operand walks through alike taken as one.
 */
final class Stretch {
  private static final int AXES = 8;
  private static final int OPERANDS = 3;

  private Stretch() {}

  static Launch put(Launch launch, Shape y, Shape... operands) {
    long[] extents = new long[AXES];
    long[][] steps = new long[AXES][OPERANDS];
    long[] next = {1, 1, 1};
    int axes = 0;
    boolean[] before = new boolean[0];
    for (int axis = y.rank() - 1; axis >= 0; axis--) {
      int n = y.dim(axis);
      if (n == 1) {
        continue;
      }
      boolean[] in = new boolean[operands.length];
      for (int k = 0; k < in.length; k++) {
        in[k] = operands[k].aligned(y.rank(), axis) != 1;
      }
      if (axes > 0 && Arrays.equals(in, before)) {
        extents[axes - 1] *= n;
      } else {
        if (axes == AXES) {
          throw new IllegalArgumentException(
              "%s: more than %d axes are stretched in turns".formatted(y, AXES));
        }
        for (int k = 0; k < in.length; k++) {
          steps[axes][k] = in[k] ? next[k] : 0;
        }
        extents[axes++] = n;
      }
      for (int k = 0; k < in.length; k++) {
        next[k] *= in[k] ? n : 1;
      }
      before = in;
    }
    launch.put(axes);
    for (int axis = 0; axis < AXES; axis++) {
      launch.put(extents[axis]);
      for (long step : steps[axis]) {
        launch.put(step);
      }
    }
    return launch;
  }
}
