package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Map;

/**
 * E_I (β·I·a − (f(x) − f(x − I)))² over random perturbations I (Yeh et al. 2019, definition 2.1). β
 * = 1, or normalised the factor that makes it smallest, E(I·a·Δf) / E(I·a)², so that the scale of a
 * does not matter (as they and Captum do). 0 or more, low is good; normalised NaN where I·a is 0
 * for all I.
 *
 * <p>Small I ask for attributions that are gradients, I = x − baseline for those that add up: the
 * perturbation must fit the method.
 *
 * @param samples perturbations of each row
 */
public record Infidelity(Perturbation perturbation, int samples, boolean normalised)
    implements Metric {
  public Infidelity {
    if (samples < 1) {
      throw new IllegalArgumentException("samples: " + samples + " given, at least 1 is needed");
    }
  }

  @Override
  public String name() {
    return "Infidelity";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "perturbation", perturbation.toString(),
        "samples", String.valueOf(samples),
        "normalised", String.valueOf(normalised));
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    double[][] maps = Maps.ofInputs(q, a);
    float[][] x = Maps.rows(q.x());
    float[] f = q.explained();
    float[] changed = q.explained(new Changed(x, samples, (row, r, k) -> minus(row, q, r, k)));
    double[] all = new double[maps.length];
    for (int r = 0; r < all.length; r++) {
      double[] said = new double[samples];
      double[] happens = new double[samples];
      for (int k = 0; k < samples; k++) {
        float[] change = perturbation.of(x[r], q.numbers()[r], k);
        for (int i = 0; i < change.length; i++) {
          said[k] += change[i] * maps[r][i];
        }
        happens[k] = (double) f[r] - changed[r * samples + k];
      }
      all[r] = mean(said, happens, normalised ? scale(said, happens) : 1);
    }
    return all;
  }

  private float[] minus(float[] x, Question q, int r, int k) {
    float[] copy = perturbation.of(x, q.numbers()[r], k);
    for (int i = 0; i < copy.length; i++) {
      copy[i] = x[i] - copy[i];
    }
    return copy;
  }

  private static double scale(double[] said, double[] happens) {
    double products = 0;
    double squares = 0;
    for (int k = 0; k < said.length; k++) {
      products += said[k] * happens[k];
      squares += said[k] * said[k];
    }
    return products / squares;
  }

  private static double mean(double[] said, double[] happens, double scale) {
    double sum = 0;
    for (int k = 0; k < said.length; k++) {
      double wrong = scale * said[k] - happens[k];
      sum += wrong * wrong;
    }
    return sum / said.length;
  }
}
