package dev.vitrine.xai.example;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Takes back what isn't needed: first whole columns, the smallest change first, as long as the
 * others flip the row at the same cost; then each change that is left, as far as the row stays
 * flipped. Every change that it keeps was seen to flip its row.
 */
final class Sparing {
  /** Halvings of the rest after a column went: enough to compare distances by. */
  private static final int COARSE = 8;

  /** Halvings of a change that stays: as fine as floats are. */
  private static final int FINE = 24;

  private final Flips flips;
  private final Counterfactual by;
  private final int[] rows;
  private final double[][] u;

  /** For each row its changed columns, the smallest change first. */
  private final int[][] order;

  /** A change of row i of those that are worked on. */
  private interface Trial {
    double[] of(int i);
  }

  /** A part of a change. */
  private interface Part {
    double[] of(int i, double share);
  }

  private Sparing(Flips flips, Counterfactual by, int[] rows, double[][] changes) {
    this.flips = flips;
    this.by = by;
    this.rows = rows;
    this.u = changes.clone();
    this.order = Arrays.stream(changes).map(Sparing::order).toArray(int[][]::new);
  }

  private static int[] order(double[] change) {
    return IntStream.range(0, change.length)
        .filter(j -> change[j] != 0)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> Math.abs(change[j])))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Smaller changes, one for each of those, which flip their rows. */
  static double[][] of(Flips flips, Counterfactual by, int[] rows, double[][] changes) {
    var s = new Sparing(flips, by, rows, changes);
    int longest = Arrays.stream(s.order).mapToInt(o -> o.length).max().orElse(0);
    int[] all = IntStream.range(0, rows.length).toArray();
    s.shrink(all, s::line, COARSE);
    for (int k = 0; k < longest; k++) {
      s.shrink(s.without(k), s::line, COARSE);
    }
    for (int k = 0; k < longest; k++) {
      int at = k;
      s.shrink(s.which(i -> s.has(i, at)), (i, share) -> s.scaled(i, s.order[i][at], share), FINE);
    }
    return s.u;
  }

  private int[] which(IntPredicate test) {
    return IntStream.range(0, rows.length).filter(test).toArray();
  }

  /** Whether the change of row i has a k-th column that it changes still. */
  private boolean has(int i, int k) {
    return k < order[i].length && u[i][order[i][k]] != 0;
  }

  /** Takes back the k-th column of the rows that flip without it at the same cost. */
  private int[] without(int k) {
    int[] some = which(i -> has(i, k) && by.cost(scaled(i, order[i][k], 0)) > 0);
    Trial spared =
        i -> {
          double[] rest = scaled(i, order[i][k], 0);
          double longer = by.times(rest, by.cost(u[i]));
          return flips.inside(rows[i], times(rest, longer));
        };
    boolean[] flipped = flipped(some, spared);
    int[] gone =
        IntStream.range(0, some.length).filter(s -> flipped[s]).map(s -> some[s]).toArray();
    for (int i : gone) {
      u[i] = spared.of(i);
    }
    return gone;
  }

  private double[] line(int i, double share) {
    return times(u[i], share);
  }

  private double[] scaled(int i, int column, double share) {
    double[] one = u[i].clone();
    one[column] *= share;
    return one;
  }

  private static double[] times(double[] v, double by) {
    return Arrays.stream(v).map(x -> x * by).toArray();
  }

  /** The smallest share that is found to flip: none at all, or by halving what lies between. */
  private void shrink(int[] some, Part part, int halvings) {
    double[] low = new double[rows.length];
    double[] high = new double[rows.length];
    Arrays.fill(high, 1);
    for (int k = 0; k <= halvings; k++) {
      boolean first = k == 0;
      boolean[] flipped = flipped(some, i -> part.of(i, first ? 0 : (low[i] + high[i]) / 2));
      for (int s = 0; s < some.length; s++) {
        int i = some[s];
        double share = first ? 0 : (low[i] + high[i]) / 2;
        if (flipped[s]) {
          high[i] = share;
        } else {
          low[i] = share;
        }
      }
    }
    for (int i : some) {
      u[i] = high[i] == 1 ? u[i] : part.of(i, high[i]);
    }
  }

  private boolean[] flipped(int[] some, Trial trial) {
    boolean[] flipped = new boolean[some.length];
    if (some.length > 0) {
      int[] of = Arrays.stream(some).map(i -> rows[i]).toArray();
      Flips.Seen[] seen =
          flips.look(of, Arrays.stream(some).mapToObj(trial::of).toArray(double[][]::new));
      for (int s = 0; s < flipped.length; s++) {
        flipped[s] = seen[s].flipped();
      }
    }
    return flipped;
  }
}
