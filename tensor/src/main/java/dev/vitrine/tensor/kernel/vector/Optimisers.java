package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.ALL;
import static dev.vitrine.tensor.kernel.vector.Raw.ORDER;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.vitrine.tensor.kernel.Kernels.Adagrad;
import dev.vitrine.tensor.kernel.Kernels.Adam;
import dev.vitrine.tensor.kernel.Kernels.RmsProp;
import dev.vitrine.tensor.kernel.Kernels.Sgd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * w' = w − rate · direction over bytes {@code i} to {@code end} of every tensor; every result may
 * lie over its operand. The formulas stand in the scalar backend's class of this name; 0: state
 * that is not kept.
 *
 * <p>Every step is masked: division, root and memory take so long that it does not show. The loops
 * name the Vector API itself, even where a method would be shorter: in bodies of this length C2
 * stops inlining everything but the API, and a vector that is passed to a call is boxed. {@code
 * blend(0, … < TINY)} keeps moments out of the denormals.
 */
final class Optimisers {
  private static final float TINY = 0x1p-100f;

  private Optimisers() {}

  private static VectorMask<Float> mask(long i, long end) {
    return Raw.first((int) Math.min(WIDTH, (end - i) / 4));
  }

  static void sgd(
      Sgd s,
      long i,
      long end,
      long w,
      long g,
      long b,
      float rate,
      boolean started,
      long w1,
      long b1) {
    for (; i < end; i += 4 * WIDTH) {
      VectorMask<Float> m = mask(i, end);
      FloatVector wi = fromMemorySegment(F, ALL, w + i, ORDER, m);
      FloatVector gi = wi.fma(broadcast(F, s.decay()), fromMemorySegment(F, ALL, g + i, ORDER, m));
      FloatVector bi = gi;
      if (started && b != 0) {
        bi =
            fromMemorySegment(F, ALL, b + i, ORDER, m)
                .fma(broadcast(F, s.momentum()), gi.mul(1 - s.dampening()));
      }
      bi = bi.blend(0, bi.abs().compare(LT, TINY));
      FloatVector d = s.nesterov() ? bi.fma(broadcast(F, s.momentum()), gi) : bi;
      if (b1 != 0) {
        bi.intoMemorySegment(ALL, b1 + i, ORDER, m);
      }
      d.fma(broadcast(F, -rate), wi).intoMemorySegment(ALL, w1 + i, ORDER, m);
    }
  }

  static void adam(
      Adam s,
      long i,
      long end,
      long w,
      long g,
      long m,
      long v,
      long top,
      float step,
      float keep,
      float root,
      long w1,
      long m1,
      long v1,
      long top1) {
    for (; i < end; i += 4 * WIDTH) {
      VectorMask<Float> k = mask(i, end);
      FloatVector wi = fromMemorySegment(F, ALL, w + i, ORDER, k);
      FloatVector gi = fromMemorySegment(F, ALL, g + i, ORDER, k);
      gi = s.decoupled() ? gi : wi.fma(broadcast(F, s.decay()), gi);
      FloatVector ui = s.decoupled() ? wi.mul(keep) : wi;
      FloatVector mi =
          fromMemorySegment(F, ALL, m + i, ORDER, k)
              .fma(broadcast(F, s.beta1()), gi.mul(1 - s.beta1()));
      mi = mi.blend(0, mi.abs().compare(LT, TINY));
      FloatVector vi =
          fromMemorySegment(F, ALL, v + i, ORDER, k)
              .fma(broadcast(F, s.beta2()), gi.mul(gi).mul(1 - s.beta2()));
      vi = vi.blend(0, vi.abs().compare(LT, TINY));
      FloatVector ti = vi;
      if (top != 0) {
        FloatVector old = fromMemorySegment(F, ALL, top + i, ORDER, k);
        ti = old.blend(vi, vi.compare(GT, old).or(vi.compare(NE, vi)));
        ti.intoMemorySegment(ALL, top1 + i, ORDER, k);
      }
      FloatVector d = mi.div(ti.sqrt().div(root).add(s.epsilon()));
      mi.intoMemorySegment(ALL, m1 + i, ORDER, k);
      vi.intoMemorySegment(ALL, v1 + i, ORDER, k);
      d.fma(broadcast(F, -step), ui).intoMemorySegment(ALL, w1 + i, ORDER, k);
    }
  }

  static void rmsprop(
      RmsProp s,
      long i,
      long end,
      long w,
      long g,
      long v,
      long mean,
      long b,
      float rate,
      long w1,
      long v1,
      long mean1,
      long b1) {
    for (; i < end; i += 4 * WIDTH) {
      VectorMask<Float> k = mask(i, end);
      FloatVector wi = fromMemorySegment(F, ALL, w + i, ORDER, k);
      FloatVector gi = wi.fma(broadcast(F, s.decay()), fromMemorySegment(F, ALL, g + i, ORDER, k));
      FloatVector vi =
          fromMemorySegment(F, ALL, v + i, ORDER, k)
              .fma(broadcast(F, s.alpha()), gi.mul(gi).mul(1 - s.alpha()));
      vi = vi.blend(0, vi.abs().compare(LT, TINY));
      FloatVector z = vi;
      if (mean != 0) {
        FloatVector ci =
            fromMemorySegment(F, ALL, mean + i, ORDER, k)
                .fma(broadcast(F, s.alpha()), gi.mul(1 - s.alpha()));
        ci = ci.blend(0, ci.abs().compare(LT, TINY));
        ci.intoMemorySegment(ALL, mean1 + i, ORDER, k);
        z = ci.neg().fma(ci, vi);
        z = z.blend(0, z.compare(LE, 0));
      }
      FloatVector d = gi.div(z.sqrt().add(s.epsilon()));
      if (b != 0) {
        d = fromMemorySegment(F, ALL, b + i, ORDER, k).fma(broadcast(F, s.momentum()), d);
        d = d.blend(0, d.abs().compare(LT, TINY));
        d.intoMemorySegment(ALL, b1 + i, ORDER, k);
      }
      vi.intoMemorySegment(ALL, v1 + i, ORDER, k);
      d.fma(broadcast(F, -rate), wi).intoMemorySegment(ALL, w1 + i, ORDER, k);
    }
  }

  static void adagrad(
      Adagrad s, long i, long end, long w, long g, long v, float rate, long w1, long v1) {
    for (; i < end; i += 4 * WIDTH) {
      VectorMask<Float> k = mask(i, end);
      FloatVector wi = fromMemorySegment(F, ALL, w + i, ORDER, k);
      FloatVector gi = wi.fma(broadcast(F, s.decay()), fromMemorySegment(F, ALL, g + i, ORDER, k));
      FloatVector vi = gi.fma(gi, fromMemorySegment(F, ALL, v + i, ORDER, k));
      vi = vi.blend(0, vi.abs().compare(LT, TINY));
      vi.intoMemorySegment(ALL, v1 + i, ORDER, k);
      FloatVector d = gi.div(vi.sqrt().add(s.epsilon()));
      d.fma(broadcast(F, -rate), wi).intoMemorySegment(ALL, w1 + i, ORDER, k);
    }
  }
}
