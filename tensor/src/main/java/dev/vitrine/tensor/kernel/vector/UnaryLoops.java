package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.ALL;
import static dev.vitrine.tensor.kernel.vector.Raw.ORDER;
import static dev.vitrine.tensor.kernel.vector.Raw.all;
import static dev.vitrine.tensor.kernel.vector.Raw.vector;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.vitrine.tensor.kernel.Unary;
import jdk.incubator.vector.FloatVector;

/**
 * y = f(x; p, q) over whole vectors: one loop for each {@link Unary}, in its order.
 *
 * <p>Each loop is a method of its own, so that C2 compiles it alone and for its function only. The
 * store names the Vector API itself: behind a long function C2 inlines nothing else any more, and a
 * vector that is passed to a call is boxed.
 */
final class UnaryLoops {
  private UnaryLoops() {}

  /** Up to the end of the vector that holds element n − 1; y may lie over x. */
  static void run(Unary f, float p, float q, long x, long y, int n) {
    switch (f) {
      case NEGATE -> negate(x, y, n);
      case ABS -> abs(x, y, n);
      case SIGN -> sign(x, y, n);
      case STEP -> step(x, y, n);
      case RELU -> relu(x, y, n);
      case LEAKY_RELU -> leakyRelu(x, y, n, p);
      case ELU -> elu(x, y, n, p);
      case CLIP -> clip(x, y, n, p, q);
      case WITHIN -> within(x, y, n, p, q);
      case SCALE -> scale(x, y, n, p);
      case SHIFT -> shift(x, y, n, p);
      case AFFINE -> affine(x, y, n, p, q);
      case OVER -> over(x, y, n, p);
      case SQUARE -> square(x, y, n);
      case SQRT -> sqrt(x, y, n);
      case RSQRT -> rsqrt(x, y, n);
      case RECIPROCAL -> reciprocal(x, y, n);
      case EXP -> exp(x, y, n);
      case EXPM1 -> expm1(x, y, n);
      case LOG -> log(x, y, n);
      case LOG1P -> log1p(x, y, n);
      case SIN -> sin(x, y, n);
      case COS -> cos(x, y, n);
      case TANH -> tanh(x, y, n);
      case SIGMOID -> sigmoid(x, y, n);
      case ERF -> erf(x, y, n);
      case SOFTPLUS -> softplus(x, y, n);
      case SILU -> silu(x, y, n);
      case GELU -> gelu(x, y, n);
      case GELU_TANH -> geluTanh(x, y, n);
      case POW -> pow(x, y, n, p);
    }
  }

  private static void negate(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = x.neg();
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void abs(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = x.abs();
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void sign(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = x.blend(1, x.compare(GT, 0)).blend(-1, x.compare(LT, 0));
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void step(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = all(0).blend(1, x.compare(GT, 0));
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void relu(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorRelu.relu(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void leakyRelu(long x0, long y, int n, float p) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = x.mul(p).blend(x, x.compare(GT, 0));
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void elu(long x0, long y, int n, float p) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorExp.expm1(x).mul(p).blend(x, x.compare(GT, 0));
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void clip(long x0, long y, int n, float p, float q) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = x.blend(q, x.compare(GT, q)).blend(p, x.compare(LT, p));
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void within(long x0, long y, int n, float p, float q) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = all(0).blend(1, x.compare(GE, p).and(x.compare(LE, q)));
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void scale(long x0, long y, int n, float p) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = x.mul(p);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void shift(long x0, long y, int n, float p) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = x.add(p);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void affine(long x0, long y, int n, float p, float q) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = x.fma(all(p), all(q));
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void over(long x0, long y, int n, float p) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = x.div(p);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void square(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = x.mul(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void sqrt(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = x.sqrt();
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void rsqrt(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = all(1).div(x.sqrt());
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void reciprocal(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = all(1).div(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void exp(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorExp.exp(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void expm1(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorExp.expm1(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void log(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorLog.log(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void log1p(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorLog.log1p(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void sin(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      if (VectorTrig.moderate(x)) {
        FloatVector r = VectorTrig.moderateSin(x);
        r.intoMemorySegment(ALL, y + 4L * i, ORDER);
      } else {
        VectorTrig.sinOfEach(x0 + 4L * i, y + 4L * i);
      }
    }
  }

  private static void cos(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      if (VectorTrig.moderate(x)) {
        FloatVector r = VectorTrig.moderateCos(x);
        r.intoMemorySegment(ALL, y + 4L * i, ORDER);
      } else {
        VectorTrig.cosOfEach(x0 + 4L * i, y + 4L * i);
      }
    }
  }

  private static void tanh(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorTanh.tanh(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void sigmoid(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorSigmoid.sigmoid(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void erf(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorErf.erf(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void softplus(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorSoftplus.softplus(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void silu(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorSilu.silu(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void gelu(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorGelu.gelu(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  private static void geluTanh(long x0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = vector(x0 + 4L * i);
      FloatVector r = VectorGelu.geluTanh(x);
      r.intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
  }

  /** Many binary64 steps for each element, which vectors would not speed up. */
  private static void pow(long x, long y, int n, float p) {
    for (int i = 0; i < n; i++) {
      Raw.put(Unary.POW.apply(Raw.get(x + 4L * i), p, 0), y + 4L * i);
    }
  }
}
