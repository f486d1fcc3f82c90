package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Draw;

/**
 * y[row, e] = Philox(seed; e / 4, firstRow + row, step, stream); rows are what the leading axis
 * counts.
 */
final class RandomFill {
  private RandomFill() {}

  static void random(Draw draw, long seed, int stream, float p, Tensor clock, Tensor y) {
    int step = clock.intAt(0);
    int firstRow = clock.intAt(1);
    int rows = y.shape().rank() == 0 ? 1 : y.shape().dim(0);
    long n = rows == 0 ? 0 : y.size() / rows;
    for (int r = 0; r < rows; r++) {
      for (long e = 0; e < n; e++) {
        float v =
            switch (draw) {
              case UNIFORM -> Philox.uniformAt(seed, stream, step, firstRow + r, e);
              case NORMAL -> Philox.normalAt(seed, stream, step, firstRow + r, e);
              case KEEP -> Philox.keepAt(p, seed, stream, step, firstRow + r, e);
            };
        y.put(r * n + e, v);
      }
    }
  }
}
