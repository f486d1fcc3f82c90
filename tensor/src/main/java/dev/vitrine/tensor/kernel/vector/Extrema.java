package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static dev.vitrine.tensor.kernel.vector.Lanes.I;
import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.all;
import static dev.vitrine.tensor.kernel.vector.Raw.get;
import static dev.vitrine.tensor.kernel.vector.Raw.put;
import static dev.vitrine.tensor.kernel.vector.Raw.vector;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Team;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * y[o, i] = max_j sign·x[o, j, i] · sign and the first j where it is reached; the first NaN beats
 * all. With sign = −1 this is the minimum: multiplying by −1 is exact.
 */
final class Extrema {
  private Extrema() {}

  static void extremum(Team.Member member, float sign, Fold f, Tensor x, Tensor y, Tensor index) {
    int vectors = Math.ceilDiv(f.inner(), WIDTH);
    int units = f.outer() * vectors;
    int to = member.to(units, x.size());
    for (int unit = member.from(units, x.size()); unit < to; unit++) {
      int o = unit / vectors;
      int i = unit % vectors * WIDTH;
      long from = x.address() + 4 * ((long) o * f.n() * f.inner() + i);
      long at = 4 * ((long) o * f.inner() + i);
      if (f.inner() == 1) {
        row(sign, from, f.n(), y.address() + at, index.address() + at);
      } else {
        columns(
            sign, from, f.n(), f.inner(), f.inner() - i, y.address() + at, index.address() + at);
      }
    }
  }

  private static void columns(float sign, long x, int n, int inner, int left, long y, long index) {
    VectorMask<Float> m = Raw.first(left);
    FloatVector best = all(Float.NEGATIVE_INFINITY);
    IntVector first = IntVector.zero(I);
    for (int j = 0; j < n; j++) {
      FloatVector v = vector(x + 4L * j * inner, m).mul(sign);
      VectorMask<Float> better = above(v, best);
      best = best.blend(v, better);
      first = first.blend(j, better.cast(I));
    }
    put(best.mul(sign), y, m);
    put(first.reinterpretAsFloats(), index, m);
  }

  /** v replaces the largest so far: equals don't, and nothing replaces a NaN. */
  static VectorMask<Float> above(FloatVector v, FloatVector best) {
    return v.compare(GT, best).or(v.compare(NE, v).and(best.compare(EQ, best)));
  }

  private static void row(float sign, long x, int n, long y, long index) {
    float best = Float.NEGATIVE_INFINITY;
    int first = 0;
    for (int j = 0; j < n; j++) {
      float v = sign * get(x + 4L * j);
      if (v > best || (Float.isNaN(v) && !Float.isNaN(best))) {
        best = v;
        first = j;
      }
    }
    put(sign * best, y);
    Raw.putInt(first, index);
  }

  /** max x over n floats, NaN if there is one, −∞ if there are none. */
  static float max(long x, int n) {
    FloatVector best = all(Float.NEGATIVE_INFINITY);
    int j = 0;
    for (; j < Raw.whole(n); j += WIDTH) {
      FloatVector v = vector(x + 4L * j);
      best = best.blend(v, above(v, best));
    }
    if (j < n) {
      VectorMask<Float> m = Raw.first(n - j);
      FloatVector v =
          FloatVector.broadcast(F, Float.NEGATIVE_INFINITY).blend(vector(x + 4L * j, m), m);
      best = best.blend(v, above(v, best));
    }
    return best.reduceLanes(MAX);
  }
}
