package dev.vitrine.bench.studio;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.Saliency;

/**
 * ∇f(α·x) and x·∫₀^α ∇f(t·x) dt at points α from 0 to 1: what integrated gradients add up, by the
 * trapezoid rule.
 */
final class AlongPath implements Answer {
  static final int POINTS = 33;

  private final Lanes lanes;

  AlongPath(Lanes lanes) {
    this.lanes = lanes;
  }

  /**
   * @param alphas the points
   * @param values f there
   * @param gradients ∇f there, one point behind the other, base64
   * @param sums what is added up so far, likewise
   */
  record Path(float[] alphas, float[] values, String gradients, String sums) {}

  private record Work(String exhibit) {}

  @Override
  public Path to(Asked asked) {
    Exhibit exhibit = asked.exhibit();
    float[] x = asked.x().toFloats();
    int target = asked.number("target", 0, exhibit.outputs() - 1);
    Shape row = asked.showcase().row();
    float[] alphas = new float[POINTS];
    float[] points = new float[POINTS * x.length];
    for (int k = 0; k < POINTS; k++) {
      alphas[k] = (float) k / (POINTS - 1);
      for (int i = 0; i < x.length; i++) {
        points[k * x.length + i] = alphas[k] * x[i];
      }
    }
    Tensor all = Tensor.of(row.with(0, POINTS), points);
    Attribution a =
        lanes
            .run(
                new Work(exhibit.name()),
                () -> new Saliency(true).explain(exhibit.closer(), all, Target.of(target)))
            .result();
    float[] gradients = a.values().toFloats();
    return new Path(
        alphas,
        a.outputs(),
        Floats.encoded(asked.showcase().perFeature(gradients)),
        Floats.encoded(asked.showcase().perFeature(sums(x, gradients))));
  }

  private static float[] sums(float[] x, float[] gradients) {
    float[] sums = new float[gradients.length];
    float half = 0.5f / (POINTS - 1);
    for (int i = x.length; i < sums.length; i++) {
      int before = i - x.length;
      sums[i] = sums[before] + x[i % x.length] * half * (gradients[before] + gradients[i]);
    }
    return sums;
  }
}
