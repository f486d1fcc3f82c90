package dev.vitrine.xai.example;

import dev.vitrine.xai.example.Flips.Seen;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * min_u λ·max(0, margin − lead(x + u)) + Σ|u_j| + ρ/2·Σu_j², u within limits, by accelerated
 * proximal steps (Beck and Teboulle 2009; Dhurandhar et al. 2018, section 3.3), all rows at once.
 * The smallest λ that flips a row changes fewest columns: it is found by bisection of its
 * logarithm.
 */
final class ProximalSearch {
  /** λ in units of 1/(largest slope at x): below 1 nothing moves at all. */
  private static final double SMALLEST = 1;

  private static final double LARGEST = 1e4;

  private final Flips flips;
  private final Counterfactual by;
  private final int[] rows;

  /** What was found for one row so far. */
  static final class Best {
    double @Nullable [] change;
    int steps;
    double lead = Double.NEGATIVE_INFINITY;
    private double cost = Double.POSITIVE_INFINITY;

    private void offer(double[] u, Seen seen, double cost, int step) {
      if (seen.flipped() && cost < this.cost) {
        steps = change == null ? step : steps;
        change = u.clone();
        this.cost = cost;
      }
      lead = Math.max(lead, seen.lead());
    }
  }

  ProximalSearch(Flips flips, Counterfactual by) {
    this.flips = flips;
    this.by = by;
    this.rows = IntStream.range(0, flips.rows()).toArray();
  }

  /** The cheapest change that flips each row, of all that were come across. */
  Best[] run() {
    var best = new Best[rows.length];
    double[] low = new double[rows.length];
    double[] high = new double[rows.length];
    Arrays.setAll(best, r -> new Best());
    Arrays.fill(low, SMALLEST);
    Arrays.fill(high, LARGEST);
    for (int round = 0; round < by.rounds(); round++) {
      double[] lambda = new double[rows.length];
      Arrays.setAll(lambda, r -> Math.sqrt(low[r] * high[r]));
      boolean[] flipped = walk(lambda, best, round * by.steps());
      for (int r : rows) {
        if (flipped[r]) {
          high[r] = lambda[r];
        } else {
          low[r] = lambda[r];
        }
      }
    }
    return best;
  }

  /** One descent from the rows as they are; says which were flipped on the way. */
  private boolean[] walk(double[] lambda, Best[] best, int before) {
    boolean[] flipped = new boolean[rows.length];
    double[] unit = new double[rows.length];
    double[][] u = new double[rows.length][flips.width()];
    double[][] at = new double[rows.length][flips.width()];
    for (int k = 0; k < by.steps(); k++) {
      Flips.Slope slope = flips.slope(rows, at);
      for (int r : rows) {
        double[] g = slope.gradient()[r];
        Seen seen = slope.seen()[r];
        if (k == 0) {
          unit[r] = 1 / Math.max(Arrays.stream(g).map(Math::abs).max().orElse(0), 1e-30);
        }
        flipped[r] |= seen.flipped();
        best[r].offer(at[r], seen, by.cost(at[r]), before + k);
        double pull = seen.flipped() ? 0 : lambda[r] * unit[r];
        double[] next = step(r, at[r], g, pull);
        double momentum = k / (k + 3.0);
        double[] last = u[r];
        double[] ahead = new double[last.length];
        Arrays.setAll(ahead, j -> next[j] + momentum * (next[j] - last[j]));
        at[r] = flips.inside(r, ahead);
        u[r] = next;
      }
    }
    return flipped;
  }

  /** Up the slope of the lead, then the proximal map of the costs: shrink, and stay inside. */
  private double[] step(int r, double[] at, double[] g, double pull) {
    double[] next = new double[at.length];
    for (int j = 0; j < at.length; j++) {
      double v = at[j] + by.step() * pull * g[j];
      double shrunk = Math.max(Math.abs(v) - by.step(), 0) / (1 + by.step() * by.ridge());
      next[j] = Math.copySign(shrunk, v);
    }
    return flips.inside(r, next);
  }
}
