package dev.vitrine.xai.global;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.metric.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * ALE(z_k) = Σ over bins j ≤ k of the mean over the rows in bin j of f(row at z_j) − f(row at
 * z_{j−1}), less a constant so that its mean over the data is 0 (Apley and Zhu 2020, equation 15).
 * Rows only move within their own bin, so features that depend on each other don't meet values that
 * never occur.
 *
 * @param bins at most so many
 */
public record AccumulatedEffects(int bins) {
  /** At most 40 bins. */
  public AccumulatedEffects() {
    this(40);
  }

  /**
   * Accumulated effects of a feature.
   *
   * @param axis the feature and the edges of its bins
   * @param counts rows in each bin, one less than edges
   * @param effects the mean of f at the upper edge minus f at the lower one, of each bin
   * @param effectErrors standard error of each; NaN in bins of one row, 0 in empty ones
   * @param values ALE at each edge
   * @param differences f at the upper edge minus f at the lower one of each row, by bins
   */
  public record Curve(
      Axis axis,
      int[] counts,
      double[] effects,
      double[] effectErrors,
      double[] values,
      double[][] differences) {

    /**
     * Where 95 % of the curves of other data would lie, edge by edge: those of rows drawn from
     * these with replacement (Okoli 2023, arXiv 2310.09877; Efron 1979), in the same bins; one that
     * gets no row keeps its effect. It says nothing of other networks trained on other data.
     *
     * @param draws at least 40
     */
    public Band band(int draws, long seed) {
      if (draws < 40) {
        throw new IllegalArgumentException(
            "draws: " + draws + " given, the outer 2.5 % need 40 or more");
      }
      int n = IntStream.of(counts).sum();
      double[][] at = new double[values.length][draws];
      for (int d = 0; d < draws; d++) {
        double[] drawn = drawn(n, d, seed);
        for (int k = 0; k < drawn.length; k++) {
          at[k][d] = drawn[k];
        }
      }
      var intervals = Arrays.stream(at).map(Interval::middle).toList();
      return new Band(
          intervals.stream().mapToDouble(Interval::low).toArray(),
          intervals.stream().mapToDouble(Interval::high).toArray());
    }

    /** The curve of n rows out of n. */
    private double[] drawn(int n, int draw, long seed) {
      int[] own = new int[counts.length];
      double[] sums = new double[counts.length];
      for (int i = 0; i < n; i++) {
        int row = Philox.below(n, seed, 0, draw, i);
        int k = 0;
        while (row >= counts[k]) {
          row -= counts[k++];
        }
        own[k]++;
        sums[k] += differences[k][row];
      }
      double[] mean = new double[own.length];
      Arrays.setAll(mean, k -> own[k] == 0 ? effects[k] : sums[k] / own[k]);
      return centred(mean, own);
    }
  }

  /**
   * Around a curve.
   *
   * @param low its lower end at each edge
   * @param high its upper one
   */
  public record Band(double[] low, double[] high) {}

  /** Of rows {@code x} [n, …], between quantiles of the data. */
  public Curve of(Subject subject, Tensor x, Target target, Feature feature) {
    return of(subject, x, target, Axis.quantiles(x, feature, bins));
  }

  /** Of rows {@code x} [n, …], between given edges; rows outside count to the nearest bin. */
  public static Curve of(Subject subject, Tensor x, Target target, Axis axis) {
    if (axis.size() < 2) {
      throw new IllegalArgumentException(
          "feature \"%s\" has the value %s alone: an effect needs two"
              .formatted(axis.feature(), axis.values()[0]));
    }
    Rows rows = Rows.of(x);
    double[] column = rows.column(axis.feature());
    float[] f;
    try (Question q = Question.of(subject, x, 0, target)) {
      f =
          q.explained(
              rows.copies(
                  2,
                  (row, i, into, at) ->
                      into[at + axis.feature().index()] =
                          (float) axis.values()[axis.bin(column[row]) + i]));
    }
    int bins = axis.size() - 1;
    var differences = new ArrayList<List<Double>>();
    for (int k = 0; k < bins; k++) {
      differences.add(new ArrayList<>());
    }
    for (int r = 0; r < rows.count(); r++) {
      differences.get(axis.bin(column[r])).add((double) f[2 * r + 1] - f[2 * r]);
    }
    int[] counts = new int[bins];
    double[] effects = new double[bins];
    double[] errors = new double[bins];
    double[][] all = new double[bins][];
    for (int k = 0; k < bins; k++) {
      double[] own = differences.get(k).stream().mapToDouble(Double::doubleValue).toArray();
      all[k] = own;
      counts[k] = own.length;
      if (own.length > 0) {
        Moments m = Moments.of(own);
        effects[k] = m.mean();
        errors[k] = m.standardError();
      }
    }
    return new Curve(axis, counts, effects, errors, centred(effects, counts), all);
  }

  /** Running sums, less their mean over the rows, a bin's height being that of its middle. */
  static double[] centred(double[] effects, int[] counts) {
    double[] values = new double[effects.length + 1];
    double mean = 0;
    long all = 0;
    for (int k = 0; k < effects.length; k++) {
      values[k + 1] = values[k] + effects[k];
      mean += counts[k] * (values[k] + values[k + 1]) / 2;
      all += counts[k];
    }
    mean /= all;
    for (int k = 0; k < values.length; k++) {
      values[k] -= mean;
    }
    return values;
  }
}
