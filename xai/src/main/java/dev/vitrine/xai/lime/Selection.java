package dev.vitrine.xai.lime;

import dev.vitrine.xai.linear.Lars;
import dev.vitrine.xai.linear.Linear;
import dev.vitrine.xai.linear.Regression;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which features a surrogate uses, at most so many (Ribeiro et al. 2016, section 3.4; lime 0.2).
 */
public enum Selection {
  /** All of them. */
  NONE {
    @Override
    int[] of(double[][] z, double[] weights, double[] y, int most) {
      return IntStream.range(0, z[0].length).toArray();
    }
  },
  /** Those that contribute most to the explained row in a ridge fit with α = 0.01. */
  HIGHEST_WEIGHTS {
    @Override
    int[] of(double[][] z, double[] weights, double[] y, int most) {
      Linear all = new Regression.Ridge(0.01).fit(z, weights, y);
      return IntStream.range(0, z[0].length)
          .boxed()
          .sorted(Comparator.comparingDouble(j -> -Math.abs(all.coefficients()[j] * z[0][j])))
          .limit(most)
          .mapToInt(Integer::intValue)
          .sorted()
          .toArray();
    }
  },
  /** One by one the feature that raises R² of a least squares fit most. */
  FORWARD {
    @Override
    int[] of(double[][] z, double[] weights, double[] y, int most) {
      int[] used = {};
      while (used.length < Math.min(most, z[0].length)) {
        used = withBest(z, weights, y, used);
      }
      Arrays.sort(used);
      return used;
    }
  },
  /** The largest set of at most so many on the path of the lasso. */
  LASSO_PATH {
    @Override
    int[] of(double[][] z, double[] weights, double[] y, int most) {
      Lars.Path path = path(z, weights, y);
      int[] used = {};
      for (int step = 0; step < path.steps().size(); step++) {
        int[] active = path.active(step);
        used = active.length <= most ? active : used;
      }
      return used;
    }
  },
  /** Forward for up to six features, else by the highest weights, as lime does. */
  AUTO {
    @Override
    int[] of(double[][] z, double[] weights, double[] y, int most) {
      return (most <= 6 ? FORWARD : HIGHEST_WEIGHTS).of(z, weights, y, most);
    }
  };

  /** Columns of z in ascending order; z[0] is the explained row. */
  abstract int[] of(double[][] z, double[] weights, double[] y, int most);

  private static int[] withBest(double[][] z, double[] weights, double[] y, int[] used) {
    var plain = new Regression.Ridge(0);
    int[] with = Arrays.copyOf(used, used.length + 1);
    int best = -1;
    double highest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < z[0].length; j++) {
      int candidate = j;
      if (IntStream.of(used).noneMatch(u -> u == candidate)) {
        with[used.length] = j;
        double r2 = plain.fit(z, weights, y, with).r2(z, weights, y);
        if (r2 > highest) {
          highest = r2;
          best = j;
        }
      }
    }
    with[used.length] = best;
    return with;
  }

  private static Lars.Path path(double[][] z, double[] weights, double[] y) {
    int columns = z[0].length;
    double[] means = new double[columns + 1];
    double total = 0;
    for (int s = 0; s < y.length; s++) {
      total += weights[s];
      for (int j = 0; j <= columns; j++) {
        means[j] += weights[s] * (j < columns ? z[s][j] : y[s]);
      }
    }
    double[][] scaled = new double[y.length][columns];
    double[] labels = new double[y.length];
    for (int s = 0; s < y.length; s++) {
      double root = Math.sqrt(weights[s]);
      for (int j = 0; j < columns; j++) {
        scaled[s][j] = root * (z[s][j] - means[j] / total);
      }
      labels[s] = root * (y[s] - means[columns] / total);
    }
    return Lars.path(scaled, labels, true);
  }
}
