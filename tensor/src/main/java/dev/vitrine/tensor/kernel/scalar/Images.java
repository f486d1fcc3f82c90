package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Interpolation;

/**
 * y[n, i, j, c] = Σ over four corners of (weight of the row · weight of the column) · x[n, row,
 * column, c].
 *
 * <p>Output row i lies between input rows lo and lo + 1; where exactly is a fraction of integers:
 * with half-pixel centres (i + ½)·in/out − ½ = ((2i + 1)·in − out) / 2out. Corners in row-major
 * order: one fma chain from +0.
 */
final class Images {
  private Images() {}

  static void interpolate(Interpolation mode, Tensor x, Tensor y) {
    Shape s = y.shape();
    int height = x.shape().dim(1);
    int width = x.shape().dim(2);
    int channels = x.shape().dim(3);
    long yi = 0;
    for (int n = 0; n < s.dim(0); n++) {
      for (int i = 0; i < s.dim(1); i++) {
        for (int j = 0; j < s.dim(2); j++) {
          for (int c = 0; c < channels; c++) {
            if (mode == Interpolation.NEAREST) {
              int row = nearest(i, height, s.dim(1));
              int column = nearest(j, width, s.dim(2));
              y.put(yi++, x.at(at(x, n, row, column, c)));
              continue;
            }
            float chain = 0;
            for (int corner = 0; corner < 4; corner++) {
              int row = corner(mode, i, height, s.dim(1), corner / 2);
              int column = corner(mode, j, width, s.dim(2), corner % 2);
              float weight =
                  weight(mode, i, height, s.dim(1), corner / 2)
                      * weight(mode, j, width, s.dim(2), corner % 2);
              chain = Math.fma(weight, x.at(at(x, n, row, column, c)), chain);
            }
            y.put(yi++, chain);
          }
        }
      }
    }
  }

  /**
   * Outputs ascending, the corners of each in row-major order: dx += weight·dy, an fma chain from
   * +0.
   */
  static void interpolateData(Interpolation mode, Tensor dy, Tensor dx) {
    Shape s = dy.shape();
    int height = dx.shape().dim(1);
    int width = dx.shape().dim(2);
    int channels = dx.shape().dim(3);
    Elementwise.fill(0, dx);
    long yi = 0;
    for (int n = 0; n < s.dim(0); n++) {
      for (int i = 0; i < s.dim(1); i++) {
        for (int j = 0; j < s.dim(2); j++) {
          for (int c = 0; c < channels; c++) {
            float share = dy.at(yi++);
            if (mode == Interpolation.NEAREST) {
              long xi = at(dx, n, nearest(i, height, s.dim(1)), nearest(j, width, s.dim(2)), c);
              dx.put(xi, dx.at(xi) + share);
              continue;
            }
            for (int corner = 0; corner < 4; corner++) {
              int row = corner(mode, i, height, s.dim(1), corner / 2);
              int column = corner(mode, j, width, s.dim(2), corner % 2);
              float weight =
                  weight(mode, i, height, s.dim(1), corner / 2)
                      * weight(mode, j, width, s.dim(2), corner % 2);
              long xi = at(dx, n, row, column, c);
              dx.put(xi, Math.fma(weight, share, dx.at(xi)));
            }
          }
        }
      }
    }
  }

  private static long at(Tensor x, int n, int row, int column, int c) {
    Shape s = x.shape();
    return (((long) n * s.dim(1) + row) * s.dim(2) + column) * s.dim(3) + c;
  }

  private static int nearest(int i, int in, int out) {
    return (int) ((long) i * in / out);
  }

  /** The input row before (0) or behind (1) output row i, clamped at the edges. */
  private static int corner(Interpolation mode, int i, int in, int out, int behind) {
    long lo = Math.floorDiv(position(mode, i, in, out), unit(mode, out));
    return (int) Math.min(Math.max(lo + behind, 0), in - 1);
  }

  /**
   * Its weight: 1 − t before and t behind, t the way from one to the other; beyond the edges t = 0.
   */
  private static float weight(Interpolation mode, int i, int in, int out, int behind) {
    long position = position(mode, i, in, out);
    long unit = unit(mode, out);
    float t = position < 0 || position > unit * (in - 1) ? 0 : (float) (position % unit) / unit;
    return behind == 0 ? 1 - t : t;
  }

  /** Where output row i lies among the input rows, in steps of 1/{@link #unit}: exact. */
  private static long position(Interpolation mode, int i, int in, int out) {
    return mode == Interpolation.BILINEAR ? (2L * i + 1) * in - out : (long) i * (in - 1);
  }

  private static long unit(Interpolation mode, int out) {
    return mode == Interpolation.BILINEAR ? 2L * out : Math.max(out - 1L, 1);
  }
}
