package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.List;
import java.util.Map;

/**
 * Mean over sizes n of corr_S(Σ_{i∈S} a_i, f(x) − v(all but S)) by Pearson over random sets S of n
 * features (Ancona et al. 2018). A method satisfies sensitivity-n if this is 1 for that n;
 * completeness is sensitivity-M. From −1 to 1, high is good; NaN if for some n all sets were said
 * to matter alike, or do.
 *
 * @param sizes n, each at least 1 and less than the number of features
 * @param samples sets of each row and size, at least 2; theirs are 100
 */
public record SensitivityN(Removal removal, Subsets subsets, List<Integer> sizes, int samples)
    implements Metric {
  public SensitivityN {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("no sizes given: at least one is needed");
    }
  }

  @Override
  public String name() {
    return "SensitivityN";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "removal", removal.toString(),
        "subsets", subsets.toString(),
        "sizes", sizes.toString(),
        "samples", String.valueOf(samples));
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    int[] n = sizes.stream().mapToInt(Integer::intValue).toArray();
    return Drops.of(removal, q, a, subsets, samples, n).stream().mapToDouble(this::mean).toArray();
  }

  private double mean(Drops d) {
    double sum = 0;
    for (int k = 0; k < sizes.size(); k++) {
      sum += d.agreement(Correlation.PEARSON, k * samples, (k + 1) * samples);
    }
    return sum / sizes.size();
  }
}
