package dev.vitrine.nn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values against the definitions in double, gradients against central differences of those. */
class LossesTest {
  private static final int N = 6;
  private static final int C = 4;
  private static final int[] LABELS = {3, 0, 1, 1, 2, 3};
  private static final float[] WEIGHTS = {0.5f, 2, 1, 3};

  private final Tape tape = Tape.eager(Device.of("scalar", 1));
  private final double[] x = new double[N * C];
  private final double[] p = new double[N * C];
  private final Shape shape = Shape.of(N, C);

  LossesTest() {
    var random = new RandomStream(11, 0, 0);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (3 * random.normal());
      p[i] = (float) (0.02 + 0.96 * random.uniform());
    }
  }

  @AfterEach
  void close() {
    tape.close();
  }

  private Var input(double... values) {
    float[] f = new float[values.length];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) values[i];
    }
    return tape.input("x", Tensor.of(shape, f));
  }

  private Var labels() {
    return tape.input("labels", Tensor.of(Shape.of(N), LABELS));
  }

  private Var weights() {
    return tape.constant("weights", Tensor.of(Shape.of(C), WEIGHTS));
  }

  private void check(double[] at, UnaryOperator<Var> recorded, ToDoubleFunction<double[]> defined) {
    Var in = input(at);
    Var loss = recorded.apply(in);
    double want = defined.applyAsDouble(at);
    // float32 over two dozen terms of size ten
    assertEquals(want, loss.value().item(), 2e-6 * (1 + Math.abs(want)));
    Tensor g = tape.gradient(loss, in).value();
    for (int i = 0; i < at.length; i++) {
      double h = 1e-5;
      double[] up = at.clone();
      double[] down = at.clone();
      up[i] += h;
      down[i] -= h;
      double slope = (defined.applyAsDouble(up) - defined.applyAsDouble(down)) / (2 * h);
      // central differences in double are good to 1e-8; the rest is float32
      assertEquals(slope, g.at(i), 2e-6 * (1 + Math.abs(slope)), "gradient " + i);
    }
  }

  private static double logp(double[] x, int n, int c) {
    double sum = 0;
    for (int k = 0; k < C; k++) {
      sum += StrictMath.exp(x[n * C + k]);
    }
    return x[n * C + c] - StrictMath.log(sum);
  }

  private static double crossEntropy(
      double[] x, double smoothing, float @Nullable [] weights, boolean mean) {
    double hard = 0;
    double even = 0;
    double total = 0;
    for (int n = 0; n < N; n++) {
      double w = weights == null ? 1 : weights[LABELS[n]];
      hard -= w * logp(x, n, LABELS[n]);
      total += w;
      for (int c = 0; c < C; c++) {
        even -= (weights == null ? 1 : weights[c]) * logp(x, n, c);
      }
    }
    return ((1 - smoothing) * hard + smoothing / C * even) / (mean ? total : 1);
  }

  @Test
  void crossEntropyOfLabels() {
    check(x, y -> Losses.crossEntropy(y, labels()), a -> crossEntropy(a, 0, null, true));
    check(
        x,
        y -> Losses.crossEntropy(y, labels(), 0, null, Reduction.SUM),
        a -> crossEntropy(a, 0, null, false));
  }

  @Test
  void crossEntropyWithSmoothingAndWeightsDividesByTheWeightsOfTheLabels() {
    for (float smoothing : new float[] {0, 0.1f, 1}) {
      check(
          x,
          y -> Losses.crossEntropy(y, labels(), smoothing, null, Reduction.MEAN),
          a -> crossEntropy(a, smoothing, null, true));
      check(
          x,
          y -> Losses.crossEntropy(y, labels(), smoothing, weights(), Reduction.MEAN),
          a -> crossEntropy(a, smoothing, WEIGHTS, true));
      check(
          x,
          y -> Loss.crossEntropy(smoothing, WEIGHTS).of(y, labels()),
          a -> crossEntropy(a, smoothing, WEIGHTS, true));
    }
  }

  @Test
  void crossEntropyWithoutReductionHasOneLossPerRow() {
    Var rows = Losses.crossEntropy(input(x), labels(), 0.1f, weights(), Reduction.NONE);
    assertEquals(Shape.of(N), rows.shape());
    double sum = 0;
    for (int n = 0; n < N; n++) {
      sum += rows.value().at(n);
    }
    assertEquals(crossEntropy(x, 0.1f, WEIGHTS, false), sum, 1e-4);
  }

  @Test
  void softTargetsThatAreOneAtTheLabelEqualLabels() {
    double[] oneHot = new double[N * C];
    for (int n = 0; n < N; n++) {
      oneHot[n * C + LABELS[n]] = 1;
    }
    for (float smoothing : new float[] {0, 0.2f}) {
      check(
          x,
          y -> Losses.crossEntropy(y, input(oneHot), smoothing, null, Reduction.MEAN),
          a -> crossEntropy(a, smoothing, null, true));
      // with weights the mean of soft targets divides by the number of rows
      check(
          x,
          y -> Losses.crossEntropy(y, input(oneHot), smoothing, weights(), Reduction.MEAN),
          a -> {
            double sum = 0;
            for (int n = 0; n < N; n++) {
              for (int c = 0; c < C; c++) {
                double q = (1 - smoothing) * oneHot[n * C + c] + smoothing / C;
                sum -= WEIGHTS[c] * q * logp(a, n, c);
              }
            }
            return sum / N;
          });
    }
  }

  @Test
  void binaryCrossEntropy() {
    double[] t = target();
    check(
        p,
        y -> Losses.bce(y, input(t)),
        a -> mean(a, i -> -t[i] * StrictMath.log(a[i]) - (1 - t[i]) * StrictMath.log1p(-a[i])));
  }

  @Test
  void binaryCrossEntropyIsFiniteForCertainty() {
    double[] sure = new double[N * C];
    double[] t = new double[N * C];
    sure[1] = 1;
    t[1] = 1;
    sure[2] = 1;
    t[3] = 1;
    Var in = input(sure);
    Var loss = Losses.bce(in, input(t), Reduction.NONE);
    Tensor g = tape.gradient(loss, in).value();
    assertEquals(0, Math.abs(loss.value().at(0)), "sure of no, rightly");
    assertEquals(0, Math.abs(loss.value().at(1)), "sure of yes, rightly");
    assertEquals(100, loss.value().at(2), "sure of yes, wrongly");
    assertEquals(100, loss.value().at(3), "sure of no, wrongly");
    assertEquals(0, g.at(0));
    assertEquals(0, g.at(1));
    assertEquals(1e12f, g.at(2));
    assertEquals(-1e12f, g.at(3));
  }

  @Test
  void binaryCrossEntropyWithLogits() {
    double[] t = target();
    check(
        x,
        y -> Losses.bceWithLogits(y, input(t)),
        a -> mean(a, i -> t[i] * softplus(-a[i]) + (1 - t[i]) * softplus(a[i])));
    check(
        x,
        y -> Losses.bceWithLogits(y, input(t), weights(), Reduction.MEAN),
        a -> mean(a, i -> WEIGHTS[i % C] * t[i] * softplus(-a[i]) + (1 - t[i]) * softplus(a[i])));
  }

  @Test
  void bceWithLogitsKeepsSmallLossesAndOverflowsNowhere() {
    double[] big = new double[N * C];
    double[] t = new double[N * C];
    big[0] = 50;
    t[0] = 1;
    big[1] = -50;
    big[2] = 1e30;
    big[3] = -1e30;
    t[3] = 1;
    Tensor loss = Losses.bceWithLogits(input(big), input(t), null, Reduction.NONE).value();
    // 1 ulp of the result: nothing cancels
    assertEquals(StrictMath.exp(-50), loss.at(0), 1e-28);
    assertEquals(StrictMath.exp(-50), loss.at(1), 1e-28);
    assertEquals(1e30f, loss.at(2));
    assertEquals(1e30f, loss.at(3));
  }

  @Test
  void labelsAnswerYesOrNo() {
    Var logits = tape.input("logits", Tensor.of(Shape.of(3, 1), 2, -1, 0.5f));
    Var labels = tape.input("labels", Tensor.of(Shape.of(3), new int[] {1, 0, 0}));
    double want = (softplus(-2) + softplus(-1) + softplus(0.5)) / 3;
    assertEquals(want, Loss.bceWithLogits().of(logits, labels).value().item(), 1e-6);
    Var wide = input(x);
    assertThrows(IllegalArgumentException.class, () -> Loss.bceWithLogits().of(wide, labels));
  }

  @Test
  void distances() {
    double[] t = target();
    check(x, y -> Losses.mse(y, input(t)), a -> mean(a, i -> (a[i] - t[i]) * (a[i] - t[i])));
    check(x, y -> Losses.l1(y, input(t)), a -> mean(a, i -> Math.abs(a[i] - t[i])));
    double delta = 1.5;
    check(
        x,
        y -> Losses.huber(y, input(t), (float) delta),
        a ->
            mean(
                a,
                i -> {
                  double d = Math.abs(a[i] - t[i]);
                  return d <= delta ? d * d / 2 : delta * (d - delta / 2);
                }));
  }

  @Test
  void operandsThatDoNotFitAreRefused() {
    Var y = input(x);
    Var column = tape.input("t", Tensor.of(Shape.of(N, 1), new float[N]));
    Var labels = labels();
    Var few = tape.input("few", Tensor.of(Shape.of(2), new int[2]));
    var stretched = assertThrows(IllegalArgumentException.class, () -> Losses.mse(y, column));
    assertTrue(stretched.getMessage().contains("[6, 4]"), stretched.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Losses.mse(y, labels));
    assertThrows(IllegalArgumentException.class, () -> Losses.nll(y, few));
    assertThrows(IllegalArgumentException.class, () -> Losses.crossEntropy(y, column));
    Var narrow = tape.input("w", Tensor.of(Shape.of(3), 1, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Losses.crossEntropy(y, labels, 0, narrow, Reduction.MEAN));
    assertThrows(IllegalArgumentException.class, () -> Losses.huber(y, y, Float.NaN));
    assertThrows(IllegalArgumentException.class, () -> Loss.crossEntropy(1.1f).of(y, labels));
  }

  private double[] target() {
    double[] t = new double[N * C];
    for (int i = 0; i < t.length; i++) {
      t[i] = i % 3 == 0 ? 1 : i % 3 == 1 ? 0 : 0.25;
    }
    return t;
  }

  private interface Term {
    double at(int i);
  }

  private static double mean(double[] a, Term term) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += term.at(i);
    }
    return sum / a.length;
  }

  private static double softplus(double v) {
    return Math.max(v, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(v)));
  }
}
