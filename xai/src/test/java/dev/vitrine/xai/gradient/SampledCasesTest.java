package dev.vitrine.xai.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Samples;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** f = x² at 3: the expectations are known, and how far samples may be from them. */
class SampledCasesTest {
  private static final int N = Samples.MOST;

  private static final Network SQUARE = x -> x.mul(x);

  private static Attribution explain(Explainer e) {
    try (Subject s = Nets.subject(SQUARE)) {
      return e.explain(s, Nets.row(3), Target.of(0));
    }
  }

  /** Within four standard errors, which follow from the deviation of one sample. */
  private static void expected(double value, double deviation, Attribution a) {
    assertEquals(value, a.values().at(0), 4 * deviation / Math.sqrt(N));
  }

  /** Gradients 2(3 + z): mean 6, deviation 2. */
  @Test
  void smoothGrad() {
    SmoothGrad smooth = new SmoothGrad(new Saliency(true)).noise(Noise.normal(1, 7)).samples(N);
    Attribution mean = explain(smooth);
    expected(6, 2, mean);
    double error = Objects.requireNonNull(mean.standardError()).at(0);
    // a deviation from n samples is known to 1/√(2n)
    assertEquals(2 / Math.sqrt(N), error, 4 * 2 / Math.sqrt(N) / Math.sqrt(2.0 * N));
    // 4(3 + z)²: mean 40, variance 16·(4·9 + 2)
    Attribution squared = explain(smooth.squared());
    expected(40, Math.sqrt(608), squared);
    assertNull(squared.standardError(), "it is that of the mean");
    // a variance of 4 from n normal samples: deviation 4·√2
    expected(4, 4 * Math.sqrt(2), explain(smooth.variance()));
  }

  /** From b: (3 − b)·2(b + α(3 − b)), mean 9 − b²; over b = 0 and 2 it is 7, its variance 53/3. */
  @Test
  void expectedGradients() {
    Tensor two = Tensor.of(Shape.of(2, 1), 0, 2);
    Attribution a = explain(ExpectedGradients.over(two, 3).samples(N));
    double deviation = Math.sqrt(53 / 3.0);
    expected(7, deviation, a);
    double error = Objects.requireNonNull(a.standardError()).at(0);
    assertEquals(deviation / Math.sqrt(N), error, 0.05 * deviation / Math.sqrt(N));
  }

  /** With noise z on x: (3 + z)² − b², and E z² = 1 more. */
  @Test
  void gradientShap() {
    Tensor two = Tensor.of(Shape.of(2, 1), 0, 2);
    Attribution a = explain(ExpectedGradients.over(two, 3).noise(Noise.normal(1, 8)).samples(N));
    double error = Objects.requireNonNull(a.standardError()).at(0);
    // the factor before the gradient is that of the noisy x, as Captum and SHAP have it
    assertEquals(8, a.values().at(0), 4 * error);
    assertEquals("GradientShap", a.provenance().method());
  }

  /** At the middle of each path x² has its mean gradient: no α is left to chance. */
  @Test
  void oneBaselineAndTheMiddleOfThePathAreExact() {
    ExpectedGradients middle =
        new ExpectedGradients(Baseline.constant(1)).alpha(number -> 0.5f).samples(3);
    assertEquals(8, explain(middle).values().at(0), 1e-6, "9 − 1, a few roundings");
  }

  @Test
  void relativeNoiseIsMeasuredByTheRowsRange() {
    Network linear = x -> x.mul(x).sumLast();
    SmoothGrad relative =
        new SmoothGrad(new Saliency(true)).noise(Noise.relative(0.5f, 7)).samples(N).variance();
    try (Subject s = Nets.subject(linear)) {
      Tensor x = Nets.row(-1, 0, 3);
      // gradients 2(x + 2z): variance 16
      for (float v : relative.explain(s, x, Target.of(0)).values().toFloats()) {
        assertEquals(16, v, 4 * 16 * Math.sqrt(2.0 / N));
      }
    }
  }
}
