package dev.vitrine.xai.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How alike two lists of numbers are, from −1 to 1; NaN if all numbers of one are equal. */
public enum Correlation {
  /** Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)²·Σ (y − ȳ)²). */
  PEARSON {
    @Override
    public double of(double[] x, double[] y) {
      double meanX = mean(x);
      double meanY = mean(y);
      double xy = 0;
      double xx = 0;
      double yy = 0;
      for (int i = 0; i < x.length; i++) {
        xy += (x[i] - meanX) * (y[i] - meanY);
        xx += (x[i] - meanX) * (x[i] - meanX);
        yy += (y[i] - meanY) * (y[i] - meanY);
      }
      boolean constant = isConstant(x) || isConstant(y);
      return constant ? Double.NaN : Math.clamp(xy / (Math.sqrt(xx) * Math.sqrt(yy)), -1, 1);
    }
  },
  /** Pearson's of the ranks; equal numbers share the mean of their ranks. */
  SPEARMAN {
    @Override
    public double of(double[] x, double[] y) {
      return PEARSON.of(ranks(x), ranks(y));
    }
  };

  public abstract double of(double[] x, double[] y);

  private static double mean(double[] v) {
    double sum = 0;
    for (double e : v) {
      sum += e;
    }
    return sum / v.length;
  }

  private static boolean isConstant(double[] v) {
    return Arrays.stream(v).allMatch(e -> e == v[0]);
  }

  /** Ranks from 1; equal numbers share the mean of theirs. */
  static double[] ranks(double[] v) {
    int[] order =
        IntStream.range(0, v.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> v[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[v.length];
    for (int from = 0, to; from < v.length; from = to) {
      for (to = from; to < v.length && v[order[to]] == v[order[from]]; ) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
    }
    return ranks;
  }
}
