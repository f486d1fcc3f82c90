package dev.vitrine.xai.embed;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * P: p_ij = (p_j|i + p_i|j)/2n, where p_j|i says how much j counts as a neighbour of i ({@link
 * Bandwidth}). Symmetric, with sum 1 and an empty diagonal. Van der Maaten and Hinton 2008,
 * equation 1 and section 3.1.
 */
public final class Affinities {
  private final Row[] rows;

  private Affinities(Row[] rows) {
    this.rows = rows;
  }

  /** What is not 0 in a row: {@code values[k]} stands in column {@code columns[k]}, ascending. */
  record Row(int[] columns, double[] values) {

    /** (this + o) / divisor. */
    Row plus(Row o, double divisor) {
      int[] both = new int[columns.length + o.columns.length];
      double[] sums = new double[both.length];
      int size = 0;
      for (int k = 0, l = 0; k < columns.length || l < o.columns.length; size++) {
        boolean mine = l == o.columns.length || (k < columns.length && columns[k] <= o.columns[l]);
        boolean others =
            k == columns.length || (l < o.columns.length && o.columns[l] <= columns[k]);
        both[size] = mine ? columns[k] : o.columns[l];
        sums[size] = ((mine ? values[k++] : 0) + (others ? o.values[l++] : 0)) / divisor;
      }
      return new Row(Arrays.copyOf(both, size), Arrays.copyOf(sums, size));
    }
  }

  /**
   * Of all pairs.
   *
   * @throws IllegalArgumentException unless 1 ≤ perplexity ≤ points − 1
   */
  public static Affinities exact(Points x, double perplexity) {
    int n = x.count();
    return of(x, perplexity, i -> IntStream.range(0, n).filter(j -> j != i).toArray());
  }

  /**
   * Of each point and its ⌊3 · perplexity + 1⌋ nearest neighbours, beyond which p is next to
   * nothing (van der Maaten 2014, section 4.1).
   *
   * @throws IllegalArgumentException unless 1 ≤ perplexity ≤ points − 1
   */
  public static Affinities ofNeighbours(Points x, double perplexity) {
    var tree = new VantageTree(x);
    int k = (int) Math.min(x.count() - 1, 3 * perplexity + 1);
    return of(x, perplexity, i -> tree.nearest(i, k));
  }

  /** Rows are independent, so threads change no bit. */
  private static Affinities of(Points x, double perplexity, IntFunction<int[]> neighbours) {
    if (!(perplexity >= 1 && perplexity <= x.count() - 1)) {
      throw new IllegalArgumentException(
          "perplexity %s for %d points: 1 to %d (points − 1) is possible"
              .formatted(perplexity, x.count(), x.count() - 1));
    }
    int[][] columns = new int[x.count()][];
    double[][] conditional = new double[x.count()][];
    IntStream.range(0, x.count())
        .parallel()
        .forEach(i -> {
          int[] near = neighbours.apply(i);
          double[] d = new double[near.length];
          Arrays.setAll(d, k -> x.squaredDistance(i, near[k]));
          columns[i] = near;
          conditional[i] = Bandwidth.probabilities(d, perplexity);
        });
    return symmetric(columns, conditional);
  }

  private static Affinities symmetric(int[][] columns, double[][] conditional) {
    int n = columns.length;
    int[] counts = new int[n];
    for (int[] row : columns) {
      for (int j : row) {
        counts[j]++;
      }
    }
    var into = new Row[n]; // who has i as a neighbour, ascending
    Arrays.setAll(into, i -> new Row(new int[counts[i]], new double[counts[i]]));
    Arrays.fill(counts, 0);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < columns[i].length; k++) {
        int j = columns[i][k];
        into[j].columns[counts[j]] = i;
        into[j].values[counts[j]++] = conditional[i][k];
      }
    }
    var rows = new Row[n];
    Arrays.setAll(rows, i -> new Row(columns[i], conditional[i]).plus(into[i], 2.0 * n));
    return new Affinities(rows);
  }

  public int count() {
    return rows.length;
  }

  Row row(int i) {
    return rows[i];
  }

  /** All of P, [count, count]. */
  public Points dense() {
    int n = count();
    double[] p = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < rows[i].columns.length; k++) {
        p[i * n + rows[i].columns[k]] = rows[i].values[k];
      }
    }
    return new Points(n, n, p);
  }
}
