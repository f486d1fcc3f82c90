package dev.vitrine.xai.global;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.perturb.Partition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * mean |a| and mean a of each feature over explained rows, of all of them and of those of each
 * explained class: local explanations added up to a global one (Lundberg et al. 2020).
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
    var rows = new ArrayList<double[]>();
    var classes = new TreeMap<Integer, List<double[]>>();
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
        rows.add(row);
        classes.computeIfAbsent(a.classes()[r], c -> new ArrayList<>()).add(row);
      }
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("no attributions given: a mean needs at least one row");
    }
    var byClass = new TreeMap<Integer, Means>();
    classes.forEach((c, own) -> byClass.put(c, means(own)));
    return new AttributionSummary(means(rows), byClass);
  }

  private static Means means(List<double[]> rows) {
    int width = rows.getFirst().length;
    var m =
        new Means(
            rows.size(),
            new double[width],
            new double[width],
            new double[width],
            new double[width]);
    for (int j = 0; j < width; j++) {
      int at = j;
      double[] column = rows.stream().mapToDouble(row -> row[at]).toArray();
      Moments signed = Moments.of(column);
      Moments amounts = Moments.of(Arrays.stream(column).map(Math::abs).toArray());
      m.mean()[j] = signed.mean();
      m.meanError()[j] = signed.standardError();
      m.amount()[j] = amounts.mean();
      m.amountError()[j] = amounts.standardError();
    }
    return m;
  }
}
