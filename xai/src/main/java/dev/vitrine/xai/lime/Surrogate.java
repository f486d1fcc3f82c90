package dev.vitrine.xai.lime;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.linear.Linear;
import dev.vitrine.xai.linear.Regression;
import dev.vitrine.xai.perturb.Partition;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A linear model of what the predictor says of samples around a row, and what tells whether it can
 * be trusted.
 *
 * @param model its coefficients are the explanation
 * @param selected the features that it uses
 * @param r2 the share of the weighted variance that it explains: low means that the predictor isn't
 *     linear there
 * @param prediction what it says of the row
 * @param effectiveSamples (Σ w)²/Σ w²: few mean that the kernel sees little but the row itself
 *     (Kish 1965)
 */
public record Surrogate(
    Linear model, int[] selected, double r2, double prediction, double effectiveSamples) {

  /**
   * Fits samples.
   *
   * @param z what the surrogate sees of each sample; z[0] is the row
   * @param y what the predictor says of it
   * @param most features in the model, chosen by {@code selection}
   */
  public static Surrogate fit(
      double[][] z, double[] weights, double[] y, Regression by, Selection selection, int most) {
    int[] selected = selection.of(z, weights, y, most);
    Linear model = by.fit(z, weights, y, selected);
    double sum = 0;
    double squares = 0;
    for (double w : weights) {
      sum += w;
      squares += w * w;
    }
    double r2 = model.r2(z, weights, y);
    return new Surrogate(model, selected, r2, model.of(z[0]), sum * sum / squares);
  }

  /** The attribution that the surrogates of all rows are. */
  static Attribution answer(
      Explainer by, Question q, float[] explained, List<Partition> features, List<Surrogate> all) {
    int n = all.size();
    Tensor values = new Memory("lime").floats(q.x().shape());
    var figures = new LinkedHashMap<String, float[]>();
    float[] r2 = new float[n];
    float[] effective = new float[n];
    float[] count = new float[n];
    float[] intercept = new float[n];
    for (int r = 0; r < n; r++) {
      Surrogate s = all.get(r);
      values.rows(r, r + 1).set(features.get(r).spread(s.model().coefficients()));
      r2[r] = (float) s.r2();
      effective[r] = (float) s.effectiveSamples();
      count[r] = features.get(r).count();
      intercept[r] = (float) s.model().intercept();
    }
    figures.put("r2", r2);
    figures.put("effective samples", effective);
    figures.put("features", count);
    figures.put("intercept", intercept);
    return q.answer(by, values, explained, null, null, figures);
  }
}
