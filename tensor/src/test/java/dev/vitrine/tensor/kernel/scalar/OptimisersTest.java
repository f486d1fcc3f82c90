package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Kernels.Adagrad;
import dev.vitrine.tensor.kernel.Kernels.Adam;
import dev.vitrine.tensor.kernel.Kernels.RmsProp;
import dev.vitrine.tensor.kernel.Kernels.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten steps in place against the textbook recursions in binary64. */
class OptimisersTest {
  private static final int N = 17;
  private static final int STEPS = 10;

  // ten steps of a few roundings each, on weights near 1
  private static final double TOLERANCE = 1e-5;

  private final Tensor w = Samples.normal(1, N);
  private final Tensor s1 = zeros();
  private final Tensor s2 = zeros();
  private final Tensor s3 = zeros();
  private final double[] want = new double[N];
  private final double[] a = new double[N];
  private final double[] b = new double[N];
  private final double[] c = new double[N];

  OptimisersTest() {
    for (int i = 0; i < N; i++) {
      want[i] = w.at(i);
    }
  }

  private static Tensor zeros() {
    Tensor t = Samples.blank(N);
    KERNELS.fill(0, t);
    return t;
  }

  private void check() {
    for (int i = 0; i < N; i++) {
      assertEquals(want[i], w.at(i), TOLERANCE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false, 0",
    "0.9, 0, false, 0",
    "0.9, 0.1, false, 0.01",
    "0.9, 0, true, 0.01",
  })
  void sgd(float momentum, float dampening, boolean nesterov, float decay) {
    var s = new Sgd(momentum, dampening, nesterov, decay);
    for (int t = 1; t <= STEPS; t++) {
      Tensor g = Samples.normal(100 + t, N);
      Tensor buffer = momentum == 0 ? null : s1;
      KERNELS.sgd(s, w, g, buffer, Samples.floats(0.1f, t > 1 ? 1 : 0, 99), w, buffer);
      for (int i = 0; i < N; i++) {
        double d = g.at(i) + decay * want[i];
        a[i] = t == 1 || momentum == 0 ? d : momentum * a[i] + (1 - dampening) * d;
        want[i] -= 0.1f * (nesterov ? d + momentum * a[i] : a[i]);
      }
    }
    check();
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, false",
    "0.1, false, false",
    "0.1, true, false",
    "0.1, false, true",
    "0.1, true, true",
  })
  void adam(float decay, boolean decoupled, boolean amsgrad) {
    float beta1 = 0.9f;
    float beta2 = 0.99f;
    float rate = 0.05f;
    var s = new Adam(beta1, beta2, 1e-8f, decay, decoupled);
    Tensor top = amsgrad ? s3 : null;
    for (int t = 1; t <= STEPS; t++) {
      Tensor g = Samples.normal(100 + t, N);
      double c1 = 1 - StrictMath.pow(beta1, t);
      double c2 = Math.sqrt(1 - StrictMath.pow(beta2, t));
      Tensor rates = Samples.floats(rate, (float) c1, (float) c2);
      KERNELS.adam(s, w, g, s1, s2, top, rates, w, s1, s2, top);
      for (int i = 0; i < N; i++) {
        double d = decoupled ? g.at(i) : g.at(i) + decay * want[i];
        want[i] *= decoupled ? 1 - rate * decay : 1;
        a[i] = beta1 * a[i] + (1 - beta1) * d;
        b[i] = beta2 * b[i] + (1 - beta2) * d * d;
        c[i] = amsgrad ? Math.max(c[i], b[i]) : b[i];
        want[i] -= rate * (a[i] / c1) / (Math.sqrt(c[i]) / c2 + 1e-8);
      }
    }
    check();
  }

  @ParameterizedTest
  @CsvSource({"0, false, 0", "0.9, false, 0.01", "0, true, 0.01", "0.9, true, 0"})
  void rmsprop(float momentum, boolean centered, float decay) {
    float alpha = 0.9f;
    var s = new RmsProp(alpha, 1e-4f, momentum, decay);
    Tensor mean = centered ? s2 : null;
    Tensor buffer = momentum != 0 ? s3 : null;
    for (int t = 1; t <= STEPS; t++) {
      Tensor g = Samples.normal(100 + t, N);
      KERNELS.rmsprop(s, w, g, s1, mean, buffer, Samples.floats(0.01f), w, s1, mean, buffer);
      for (int i = 0; i < N; i++) {
        double d = g.at(i) + decay * want[i];
        a[i] = alpha * a[i] + (1 - alpha) * d * d;
        b[i] = alpha * b[i] + (1 - alpha) * d;
        double q = d / (Math.sqrt(centered ? a[i] - b[i] * b[i] : a[i]) + 1e-4);
        c[i] = momentum * c[i] + q;
        want[i] -= 0.01f * c[i];
      }
    }
    check();
  }

  @Test
  void adagrad() {
    var s = new Adagrad(1e-6f, 0.01f);
    for (int t = 1; t <= STEPS; t++) {
      Tensor g = Samples.normal(100 + t, N);
      KERNELS.adagrad(s, w, g, s1, Samples.floats(0.1f), w, s1);
      for (int i = 0; i < N; i++) {
        double d = g.at(i) + 0.01f * want[i];
        a[i] += d * d;
        want[i] -= 0.1f * d / (Math.sqrt(a[i]) + 1e-6);
      }
    }
    check();
  }

  @Test
  void inPlaceGivesTheBitsOfOutOfPlace() {
    var s = new Adam(0.9f, 0.999f, 1e-8f, 0.1f, false);
    Tensor g = Samples.normal(2, N);
    Tensor m = Samples.normal(3, N);
    Tensor v = Samples.normal(4, N);
    KERNELS.zip(Binary.MUL, v, v, v);
    Tensor rates = Samples.floats(0.1f, 0.5f, 0.1f);
    Tensor w1 = Samples.blank(N);
    Tensor m1 = Samples.blank(N);
    Tensor v1 = Samples.blank(N);
    Tensor top1 = Samples.blank(N);
    KERNELS.adam(s, w, g, m, v, s3, rates, w1, m1, v1, top1);
    KERNELS.adam(s, w, g, m, v, s3, rates, w, m, v, s3);
    assertArrayEquals(w1.toFloats(), w.toFloats());
    assertArrayEquals(m1.toFloats(), m.toFloats());
    assertArrayEquals(v1.toFloats(), v.toFloats());
    assertArrayEquals(top1.toFloats(), s3.toFloats());
  }

  @Test
  void tinyMomentsAreStoredAsZero() {
    Tensor g = Samples.floats(0, 0);
    Tensor m = Samples.floats(-0x1p-100f, 0x1p-99f);
    Tensor v = Samples.floats(0x1p-100f, 0x1p-99f);
    var s = new Adam(0.75f, 0.75f, 1e-8f, 0, false);
    Tensor x = Samples.floats(1, 1);
    KERNELS.adam(s, x, g, m, v, null, Samples.floats(0.1f, 1, 1), x, m, v, null);
    assertArrayEquals(new float[] {0, 0x1.8p-100f}, m.toFloats());
    assertArrayEquals(new float[] {0, 0x1.8p-100f}, v.toFloats());
  }

  @Test
  void constantGradientsDoNotMakeCentredRmspropNan() {
    var s = new RmsProp(0.9f, 1e-8f, 0, 0);
    Tensor g = Samples.normal(9, N);
    for (int t = 0; t < 2000; t++) {
      KERNELS.rmsprop(s, w, g, s1, s2, null, Samples.floats(0), w, s1, s2, null);
    }
    for (int i = 0; i < N; i++) {
      assertEquals(want[i], w.at(i), 0);
    }
  }
}
