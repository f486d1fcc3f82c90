package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Philox;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Map;

/**
 * How similar the attribution is to that of another class, drawn at random (Sixt, Granz and
 * Landgraf 2020, with SSIM). From −1 to 1, as the similarity; low is good: a method that says the
 * same of every class does not explain this one. NaN where the similarity does not exist.
 */
public record RandomLogit(Similarity similarity, long seed) implements Metric {
  @Override
  public String name() {
    return "RandomLogit";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("similarity", similarity.toString(), "seed", String.valueOf(seed));
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    int outputs = Math.toIntExact(q.subject().outputs(q.x().rows(0, 1)).size());
    if (outputs < 2) {
      throw new IllegalArgumentException(
          "a random logit of a network with one output: there is no other class to compare with");
    }
    int[] others = new int[q.size()];
    for (int r = 0; r < others.length; r++) {
      int drawn = Philox.below(outputs - 1, Draws.key(seed, q.numbers()[r]), 0, 0, 0);
      others[r] = drawn < q.classes()[r] ? drawn : drawn + 1;
    }
    double[][] maps = Maps.of(a.values());
    double[] all = new double[maps.length];
    try (Question about = q.ofClasses(others)) {
      double[][] other = Maps.of(by.explain(about).values());
      for (int r = 0; r < all.length; r++) {
        all[r] = similarity.of(maps[r], other[r]);
      }
    }
    return all;
  }
}
