package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.put;
import static dev.vitrine.tensor.kernel.vector.Raw.vector;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Stretched;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Unary;
import dev.vitrine.tensor.kernel.math.Log;
import jdk.incubator.vector.VectorMask;

/**
 * exp(x − m) / Σ exp(x − m) over the last axis, m = max x, and its logarithms.
 *
 * <p>One small loop after the other with scalars between them: vectors that live on from loop to
 * loop cost five times as much.
 */
final class SoftmaxRows {
  private static final int COST = 8;

  private SoftmaxRows() {}

  static void softmax(Scratch s, Team.Member member, Tensor x, Tensor y) {
    int n = Stretched.row(x.shape());
    int rows = rows(x, n);
    long partials = s.rows.address(size(n));
    long e = partials + 4 * RowSums.PARTIALS;
    int to = member.to(rows, x.size() * COST);
    for (int r = member.from(rows, x.size() * COST); r < to; r++) {
      long xr = x.address() + 4L * r * n;
      exp(xr, n, Extrema.max(xr, n), e);
      divide(e, n, RowSums.sum(e, n, partials), y.address() + 4L * r * n);
    }
  }

  static void logSoftmax(Scratch s, Team.Member member, Tensor x, Tensor y) {
    int n = Stretched.row(x.shape());
    int rows = rows(x, n);
    long partials = s.rows.address(size(n));
    long e = partials + 4 * RowSums.PARTIALS;
    int to = member.to(rows, x.size() * COST);
    for (int r = member.from(rows, x.size() * COST); r < to; r++) {
      long xr = x.address() + 4L * r * n;
      float m = Extrema.max(xr, n);
      exp(xr, n, m, e);
      float log = Log.log(RowSums.sum(e, n, partials));
      subtract(xr, n, m, log, y.address() + 4L * r * n);
    }
  }

  /** With m = 0 in place of an infinite one, rows of −∞ give −∞ and rows with +∞ give +∞. */
  static void logSumExp(Scratch s, Team.Member member, Tensor x, Tensor y) {
    int n = Stretched.row(x.shape());
    int rows = Math.toIntExact(y.size());
    long partials = s.rows.address(size(n));
    long e = partials + 4 * RowSums.PARTIALS;
    int to = member.to(rows, x.size() * COST);
    for (int r = member.from(rows, x.size() * COST); r < to; r++) {
      long xr = x.address() + 4L * r * n;
      float max = Extrema.max(xr, n);
      float m = Float.isInfinite(max) ? 0 : max;
      exp(xr, n, m, e);
      put(m + Log.log(RowSums.sum(e, n, partials)), y.address() + 4L * r);
    }
  }

  private static int rows(Tensor x, int n) {
    return n == 0 ? 0 : Math.toIntExact(x.size() / n);
  }

  /** Floats for the partials of a sum and a row, up to a whole vector. */
  private static long size(int n) {
    return RowSums.PARTIALS + (long) n + WIDTH;
  }

  /** e = exp(x − m), and something in what is left of the last vector. */
  private static void exp(long x, int n, float m, long e) {
    for (int i = 0; i < n; i += WIDTH) {
      put(vector(x + 4L * i, Raw.first(n - i)).sub(m), e + 4L * i);
    }
    UnaryLoops.run(Unary.EXP, 0, 0, e, e, n);
  }

  private static void divide(long e, int n, float sum, long y) {
    for (int i = 0; i < n; i += WIDTH) {
      put(vector(e + 4L * i).div(sum), y + 4L * i, Raw.first(n - i));
    }
  }

  /** y = (x − m) − log. */
  private static void subtract(long x, int n, float m, float log, long y) {
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> first = Raw.first(n - i);
      put(vector(x + 4L * i, first).sub(m).sub(log), y + 4L * i, first);
    }
  }
}
