package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Map;

/**
 * corr_S(Σ_{i∈S} a_i, f(x) − v(all but S)) by Spearman over random sets S of a share of the
 * features (Bhatt, Weller and Moura 2020, as Xplique computes it: images in 9 × 9 cells, a fifth of
 * them, 200 sets). From −1 to 1, high is good; NaN if all sets were said to matter alike, or do.
 *
 * @param share of the features in a set, rounded down to whole ones, at least 1
 * @param samples sets of each row, at least 2
 */
public record MuFidelity(Removal removal, Subsets subsets, double share, int samples)
    implements Metric {
  public MuFidelity {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "share: " + share + " given, a number between 0 and 1 is needed");
    }
  }

  @Override
  public String name() {
    return "MuFidelity";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "removal", removal.toString(),
        "subsets", subsets.toString(),
        "share", String.valueOf(share),
        "samples", String.valueOf(samples));
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    return Drops.of(removal, q, a, subsets, samples, m -> new int[] {Fractions.count(share, m)})
        .stream()
        .mapToDouble(d -> d.agreement(Correlation.SPEARMAN, 0, samples))
        .toArray();
  }
}
