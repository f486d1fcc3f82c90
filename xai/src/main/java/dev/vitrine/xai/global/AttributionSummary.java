package dev.vitrine.xai.global;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.perturb.Partition;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * mean |a| and mean a of each feature over explained rows, of all of them and of those of each
 * explained class: local explanations added up to a global one (Lundberg et al. 2020). In whatever
 * order rows come, the bits are the same.
 *
 * @param all of all rows
 * @param byClass of the rows of which this class was explained
 */
public record AttributionSummary(Means all, SortedMap<Integer, Means> byClass) {
  /**
   * Means over rows.
   *
   * @param rows how many
   * @param mean of each feature
   * @param meanError its standard error; NaN if there is one row
   * @param amount mean |a| of each feature
   * @param amountError its standard error
   */
  public record Means(
      int rows, double[] mean, double[] meanError, double[] amount, double[] amountError) {
    /** The features in descending order of their amounts. */
    public int[] order() {
      return Feature.order(amount);
    }
  }

  /** Of explanations of any number of batches, each element a feature. */
  public static AttributionSummary of(Attribution... batches) {
    int n = batches.length == 0 ? 0 : batches[0].classes().length;
    int size = n == 0 ? 0 : Math.toIntExact(batches[0].values().size() / n);
    return of(Partition.each(size), batches);
  }

  /** The same, a feature having the sum of its elements' attributions. */
  public static AttributionSummary of(Partition features, Attribution... batches) {
    var all = new Tally(features.count());
    var classes = new TreeMap<Integer, Tally>();
    boolean none = true;
    for (Attribution a : batches) {
      float[] values = a.values().toFloats();
      int n = a.classes().length;
      if (values.length != n * features.of().length) {
        throw new IllegalArgumentException(
            "attributions %s of %d rows: each row needs %d elements"
                .formatted(a.values().shape(), n, features.of().length));
      }
      for (int r = 0; r < n; r++) {
        double[] row = new double[features.count()];
        for (int e = 0; e < features.of().length; e++) {
          row[features.of()[e]] += values[r * features.of().length + e];
        }
        all.add(row);
        classes.computeIfAbsent(a.classes()[r], c -> new Tally(features.count())).add(row);
        none = false;
      }
    }
    if (none) {
      throw new IllegalArgumentException("no attributions given: a mean needs at least one row");
    }
    var byClass = new TreeMap<Integer, Means>();
    classes.forEach((c, own) -> byClass.put(c, own.means()));
    return new AttributionSummary(all.means(), byClass);
  }
}
