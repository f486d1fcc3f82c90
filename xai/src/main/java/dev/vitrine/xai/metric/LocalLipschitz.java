package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Map;

/**
 * max_I ‖a(x + I) − a(x)‖₂ / ‖I‖₂ over random neighbours: an estimate from below of the local
 * Lipschitz constant (Alvarez-Melis and Jaakkola 2018, On the robustness of interpretability
 * methods). In units of attribution per input, 0 or more, low is good.
 *
 * @param samples neighbours of each row
 */
public record LocalLipschitz(Perturbation perturbation, int samples) implements Metric {
  public LocalLipschitz {
    if (samples < 1) {
      throw new IllegalArgumentException("samples: " + samples + " given, at least 1 is needed");
    }
  }

  @Override
  public String name() {
    return "LocalLipschitz";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("perturbation", perturbation.toString(), "samples", String.valueOf(samples));
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    double[][] maps = Maps.of(a.values());
    double[][] x = Maps.of(q.x());
    double[] all = new double[maps.length];
    Neighbours.each(
        q,
        by,
        perturbation,
        samples,
        near -> {
          double[][] others = Maps.of(near.answer().values());
          double[][] moved = Maps.of(near.question().x());
          for (int i = 0; i < others.length; i++) {
            int r = near.rows()[i];
            double step = Maps.distance(moved[i], x[r]);
            double change = Maps.distance(others[i], maps[r]);
            all[r] = Math.max(all[r], step == 0 ? 0 : change / step);
          }
        });
    return all;
  }
}
