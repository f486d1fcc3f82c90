package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.layer.LayerActivation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * max_I ‖(a(x) − a(x + I)) / a(x)‖₂ / max(d, ε) over random neighbours of the same predicted class,
 * where d says how far x + I is from x: by inputs ‖(x − x') / x‖₂ (RIS), by outputs ‖h(x) − h(x')‖₂
 * (ROS), or by what a layer represents ‖(L(x) − L(x')) / L(x)‖₂ (RRS) (Agarwal et al. 2022,
 * Rethinking stability for attribution-based explanations). Elements that are 0 are divided by ε
 * instead, ε = 10⁻⁶. 0 or more, low is good; NaN where no neighbour has the class.
 *
 * @param by how distances are measured
 * @param layer for RRS, whose activations are compared; else null
 * @param samples neighbours of each row
 */
public record RelativeStability(
    Distance by, @Nullable Place layer, Perturbation perturbation, int samples) implements Metric {
  private static final double EPSILON = 1e-6;

  /** What a neighbour is near in. */
  public enum Distance {
    INPUT,
    OUTPUT,
    REPRESENTATION
  }

  public RelativeStability {
    if (samples < 1 || (layer != null) != (by == Distance.REPRESENTATION)) {
      throw new IllegalArgumentException(
          "%d samples by %s, layer %s: at least 1 is needed, and a layer for representations alone"
              .formatted(samples, by, layer));
    }
  }

  /** RIS. */
  public static RelativeStability input(Perturbation perturbation, int samples) {
    return new RelativeStability(Distance.INPUT, null, perturbation, samples);
  }

  /** ROS. */
  public static RelativeStability output(Perturbation perturbation, int samples) {
    return new RelativeStability(Distance.OUTPUT, null, perturbation, samples);
  }

  /** RRS. */
  public static RelativeStability representation(
      Place layer, Perturbation perturbation, int samples) {
    return new RelativeStability(Distance.REPRESENTATION, layer, perturbation, samples);
  }

  @Override
  public String name() {
    return switch (by) {
      case INPUT -> "RIS";
      case OUTPUT -> "ROS";
      case REPRESENTATION -> "RRS";
    };
  }

  @Override
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("perturbation", perturbation.toString());
    settings.put("samples", String.valueOf(samples));
    if (layer != null) {
      settings.put("layer", layer.toString());
    }
    return settings;
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public double[] of(Question q, Explainer method, Attribution a) {
    double[][] maps = Maps.of(a.values());
    double[][] outputs = Maps.of(q.subject().outputs(q.x()));
    double[][] places = places(q, outputs);
    double[] all = new double[maps.length];
    Arrays.fill(all, Double.NaN);
    Neighbours.each(
        q,
        method,
        perturbation,
        samples,
        near -> {
          double[][] others = Maps.of(near.answer().values());
          double[][] said = Maps.of(near.question().subject().outputs(near.question().x()));
          double[][] moved = places(near.question(), said);
          for (int i = 0; i < others.length; i++) {
            int r = near.rows()[i];
            if (predicted(said[i]) == predicted(outputs[r])) {
              double way =
                  by == Distance.OUTPUT
                      ? Maps.distance(places[r], moved[i])
                      : relative(places[r], moved[i]);
              double ratio = relative(maps[r], others[i]) / Math.max(way, EPSILON);
              all[r] = Double.isNaN(all[r]) ? ratio : Math.max(all[r], ratio);
            }
          }
        });
    return all;
  }

  /** The points between which distances are measured. */
  private double[][] places(Question q, double[][] outputs) {
    if (layer != null) {
      Tensor held = new LayerActivation(layer).explain(q).values();
      return Maps.of(held);
    }
    return by == Distance.INPUT ? Maps.of(q.x()) : outputs;
  }

  private static int predicted(double[] outputs) {
    int most = 0;
    for (int k = 1; k < outputs.length; k++) {
      most = outputs[k] > outputs[most] ? k : most;
    }
    return most;
  }

  /** ‖(v − w) / v‖₂. */
  private static double relative(double[] v, double[] w) {
    double sum = 0;
    for (int i = 0; i < v.length; i++) {
      double d = (v[i] - w[i]) / (v[i] == 0 ? EPSILON : v[i]);
      sum += d * d;
    }
    return Math.sqrt(sum);
  }
}
