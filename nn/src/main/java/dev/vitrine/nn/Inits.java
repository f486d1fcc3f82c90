package dev.vitrine.nn;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Shape;

/**
 * First values from Philox at (seed, stream, element): each depends on nothing else.
 *
 * <p>Fans are those of weights with the output axis last, [in, out] and [kh, kw, in/groups, out]:
 * fan_in is the number of inputs behind one output, fan_out, as in PyTorch, kh·kw·out.
 */
public final class Inits {
  /** The step of all draws; steps of training count from 0, so no mask shares their numbers. */
  private static final int STEP = -1;

  private Inits() {}

  /** All elements v. */
  public static Init constant(float v) {
    return (t, seed, stream) -> {
      for (long i = 0; i < t.size(); i++) {
        t.put(i, v);
      }
    };
  }

  /** Uniform in [−bound, bound). */
  public static Init uniform(double bound) {
    return (t, seed, stream) -> {
      for (long i = 0; i < t.size(); i++) {
        double u = Philox.uniformAt(seed, stream, STEP, 0, i);
        t.put(i, (float) ((2 * u - 1) * bound));
      }
    };
  }

  /** Normal with mean 0 and this standard deviation. */
  public static Init normal(double deviation) {
    return (t, seed, stream) -> {
      for (long i = 0; i < t.size(); i++) {
        t.put(i, (float) (deviation * Philox.normalAt(seed, stream, STEP, 0, i)));
      }
    };
  }

  /** Uniform with standard deviation gain/√fan_in. He et al. 2015, eq. 10. */
  public static Init kaimingUniform(double gain) {
    return (t, s, n) -> uniform(Math.sqrt(3) * gain / Math.sqrt(fanIn(t.shape()))).fill(t, s, n);
  }

  /** Normal with standard deviation gain/√fan_in. He et al. 2015, eq. 10. */
  public static Init kaimingNormal(double gain) {
    return (t, s, n) -> normal(gain / Math.sqrt(fanIn(t.shape()))).fill(t, s, n);
  }

  /** Uniform with variance 2·gain²/(fan_in + fan_out). Glorot and Bengio 2010, eq. 16. */
  public static Init xavierUniform(double gain) {
    return (t, s, n) -> uniform(Math.sqrt(3) * gain * xavier(t.shape())).fill(t, s, n);
  }

  /** Normal with variance 2·gain²/(fan_in + fan_out). Glorot and Bengio 2010, eq. 12. */
  public static Init xavierNormal(double gain) {
    return (t, s, n) -> normal(gain * xavier(t.shape())).fill(t, s, n);
  }

  /** Uniform in ±1/√fanIn: what PyTorch's layers draw their weights and biases from. */
  public static Init standard(long fanIn) {
    return uniform(1 / Math.sqrt(fanIn));
  }

  private static double xavier(Shape w) {
    return Math.sqrt(2.0 / (fanIn(w) + fanOut(w)));
  }

  /** Inputs behind one output of weights with the output axis last. */
  public static long fanIn(Shape w) {
    return needsTwoAxes(w).size() / w.dim(-1);
  }

  /** kh·kw·out of weights with the output axis last. */
  public static long fanOut(Shape w) {
    return needsTwoAxes(w).size() / w.dim(-2);
  }

  private static Shape needsTwoAxes(Shape w) {
    if (w.rank() < 2 || w.size() == 0) {
      throw new IllegalArgumentException(
          "fans need weights [in, out] or [kh, kw, in, out], the shape is %s; use uniform or normal"
              .formatted(w));
    }
    return w;
  }
}
