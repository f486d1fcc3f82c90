package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Map;

/**
 * corr_S(Σ_{i∈S} a_i, f(x) − v(all but S)) by Pearson over random sets S of one size (Bhatt, Weller
 * and Moura 2020). From −1 to 1, high is good; NaN if all sets were said to matter alike, or do.
 *
 * @param size features in a set
 * @param samples sets of each row, at least 2
 */
public record FaithfulnessCorrelation(Removal removal, Subsets subsets, int size, int samples)
    implements Metric {

  @Override
  public String name() {
    return "FaithfulnessCorrelation";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "removal", removal.toString(),
        "subsets", subsets.toString(),
        "size", String.valueOf(size),
        "samples", String.valueOf(samples));
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    return Drops.of(removal, q, a, subsets, samples, size).stream()
        .mapToDouble(d -> d.agreement(Correlation.PEARSON, 0, samples))
        .toArray();
  }
}
