package dev.vitrine.xai.embed;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * v ← m·v − η·gain·gradient, y ← y + v. A coordinate's gain grows by 0.2 while v still leads
 * downhill (v·gradient &lt; 0) and else shrinks by a fifth, down to 0.01 (Jacobs 1988; van der
 * Maaten and Hinton 2008, section 3.4). The settings are scikit-learn's.
 *
 * <p>At first P is exaggerated and m is 0.5; then it is not, m is 0.8, and v and gains start anew.
 *
 * @param learningRate η; 0 stands for max(n/(4·exaggeration), 50) (Belkina et al. 2019)
 * @param exaggeration factor of P at first
 * @param exaggerated iterations with that
 * @param iterations at most, those included
 * @param patience stops after so many iterations in which KL did not fall, looked at every 50
 * @param leastGradient stops where the norm of the gradient is not larger, looked at every 50
 */
public record Descent(
    double learningRate,
    double exaggeration,
    int exaggerated,
    int iterations,
    int patience,
    double leastGradient) {
  private static final int LOOK_EVERY = 50;
  private static final double LEAST_GAIN = 0.01;

  public Descent {
    need("learningRate", learningRate, 0);
    need("exaggeration", exaggeration, 1);
    need("exaggerated", exaggerated, 0);
    need("iterations", iterations, 1);
    need("patience", patience, 1);
    need("leastGradient", leastGradient, 0);
  }

  /** 1000 iterations, 250 of them with P twelvefold. */
  public static Descent standard() {
    return new Descent(0, 12, 250, 1000, 300, 1e-7);
  }

  public Descent learningRate(double rate) {
    return new Descent(rate, exaggeration, exaggerated, iterations, patience, leastGradient);
  }

  public Descent iterations(int most) {
    return new Descent(learningRate, exaggeration, exaggerated, most, patience, leastGradient);
  }

  private static void need(String setting, double value, double least) {
    if (!(value >= least && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%s: %s given, at least %s is needed".formatted(setting, value, least));
    }
  }

  /** Moves the points y of a layout; returns the number of iterations that it took. */
  int run(Affinities p, double[] y, Repulsion.Method method, Progress progress) {
    double rate = learningRate > 0 ? learningRate : Math.max(p.count() / exaggeration / 4, 50);
    double[] velocity = new double[y.length];
    double[] gains = new double[y.length];
    Arrays.fill(gains, 1);
    double best = Double.POSITIVE_INFINITY;
    int bestAt = exaggerated;
    for (int k = 1; k <= iterations; k++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException(
            "t-SNE was interrupted after %d of %d iterations".formatted(k - 1, iterations));
      }
      boolean early = k <= exaggerated;
      if (k == exaggerated + 1) {
        Arrays.fill(velocity, 0);
        Arrays.fill(gains, 1);
      }
      Divergence d = Divergence.of(p, y, method);
      double[] gradient = d.gradient(early ? exaggeration : 1);
      double norm = norm(gradient);
      progress.after(new Progress.Step(k, iterations, norm, d));
      if (!early && k % LOOK_EVERY == 0) {
        double value = d.value();
        if (value < best) {
          best = value;
          bestAt = k;
        }
        if (k - bestAt > patience || norm <= leastGradient) {
          return k - 1;
        }
      }
      step(y, velocity, gains, gradient, early ? 0.5 : 0.8, rate);
    }
    return iterations;
  }

  private static void step(
      double[] y, double[] v, double[] gains, double[] gradient, double momentum, double rate) {
    for (int i = 0; i < y.length; i++) {
      double gain = v[i] * gradient[i] < 0 ? gains[i] + 0.2 : gains[i] * 0.8;
      gains[i] = Math.max(gain, LEAST_GAIN);
      v[i] = momentum * v[i] - rate * gains[i] * gradient[i];
      y[i] += v[i];
    }
  }

  private static double norm(double[] gradient) {
    double sum = 0;
    for (double g : gradient) {
      sum += g * g;
    }
    return Math.sqrt(sum);
  }
}
