package dev.vitrine.xai.gradient;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.FromBaseline;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import java.util.Arrays;
import java.util.Map;

/**
 * Integrated gradients along a path that the network chooses: at each step those features move on
 * whose gradients are small, so that noise of steep places gathers less (Kapishnikov et al. 2021,
 * algorithm 1). Complete up to an error that {@code away} decides more than {@code steps}.
 *
 * @param baseline where the path starts
 * @param steps points on the path
 * @param fraction of the features that may move at once
 * @param away how far a feature may be from the straight path, in parts of it
 */
public record GuidedIntegratedGradients(Baseline baseline, int steps, double fraction, double away)
    implements FromBaseline {
  /** L1 distances that differ by less than this part are the same. */
  private static final double CLOSE = 1e-9;

  public GuidedIntegratedGradients {
    if (steps < 1 || !(fraction > 0 && fraction <= 1) || !(away >= 0)) {
      throw new IllegalArgumentException(
          "%d steps, fraction %s, distance %s: steps from 1, a fraction in (0, 1] and a distance from 0 are needed"
              .formatted(steps, fraction, away));
    }
  }

  /** 200 steps, a quarter of the features at once, at most 0.02 away from the straight path. */
  public GuidedIntegratedGradients() {
    this(Baseline.zero(), 200, 0.25, 0.02);
  }

  @Override
  public GuidedIntegratedGradients baseline(Baseline other) {
    return new GuidedIntegratedGradients(other, steps, fraction, away);
  }

  public GuidedIntegratedGradients steps(int other) {
    return new GuidedIntegratedGradients(baseline, other, fraction, away);
  }

  @Override
  public String name() {
    return "GuidedIntegratedGradients";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "baseline", baseline.toString(),
        "steps", String.valueOf(steps),
        "fraction", String.valueOf(fraction),
        "away", String.valueOf(away));
  }

  @Override
  public Attribution explain(Question q) {
    int n = q.size();
    Tensor b = baseline.rows(q.x(), q.numbers(), q.memory());
    Walk[] walks = new Walk[n];
    for (int r = 0; r < n; r++) {
      walks[r] = new Walk(b.rows(r, r + 1).toFloats(), q.x().rows(r, r + 1).toFloats());
    }
    Tensor at = q.memory().floats(b.shape()).set(b);
    Question there = q.about(at);
    for (int step = 1; step <= steps; step++) {
      Tensor gradient = there.value(name(), Map.of(), r -> r.gradient(Place.input()));
      for (int r = 0; r < n; r++) {
        walks[r].step((double) step / steps, gradient.rows(r, r + 1).toFloats());
        at.rows(r, r + 1).set(walks[r].position());
      }
    }
    Tensor values = new Memory("guided integrated gradients").floats(b.shape());
    float[] fx = q.explained();
    float[] total = q.about(b).explained();
    for (int r = 0; r < n; r++) {
      values.rows(r, r + 1).set(walks[r].attribution());
      total[r] = fx[r] - total[r];
    }
    var convergence = Attribution.Convergence.of(values, total, steps);
    return q.answer(this, values, fx, convergence, null);
  }

  /** The way of one row. */
  private final class Walk {
    private final float[] from;
    private final float[] to;
    private final double[] x;
    private final double[] attribution;
    private final double length;

    Walk(float[] from, float[] to) {
      this.from = from;
      this.to = to;
      this.x = new double[from.length];
      this.attribution = new double[from.length];
      Arrays.setAll(x, i -> from[i]);
      this.length = left();
    }

    /** Goes on until the L1 distance that is left has shrunk to its part of the whole. */
    void step(double alpha, float[] gradient) {
      double low = Math.max(alpha - away, 0);
      double high = Math.min(alpha + away, 1);
      double wanted = length * (1 - alpha);
      double slack = CLOSE * Math.max(length, 1);
      boolean[] arrived = new boolean[x.length];
      while (true) {
        for (int i = 0; i < x.length; i++) {
          if (part(i) < low) {
            move(i, point(i, low), gradient);
          }
          arrived[i] = from[i] == to[i] || part(i) >= high;
        }
        double left = left();
        if (left - wanted <= slack) {
          return;
        }
        double threshold = threshold(gradient, arrived);
        double reach = 0;
        for (int i = 0; i < x.length; i++) {
          if (!arrived[i] && Math.abs(gradient[i]) <= threshold) {
            reach += Math.abs(point(i, high) - x[i]);
          }
        }
        if (reach == 0) {
          return;
        }
        double share = Math.min((left - wanted) / reach, 1);
        for (int i = 0; i < x.length; i++) {
          if (!arrived[i] && Math.abs(gradient[i]) <= threshold) {
            double end = point(i, high);
            move(i, share == 1 ? end : x[i] + share * (end - x[i]), gradient);
          }
        }
        if (share < 1) {
          return;
        }
      }
    }

    /** The lower quantile of |gradient| where there is still way to go, counted over all. */
    private double threshold(float[] gradient, boolean[] arrived) {
      float[] sizes = new float[gradient.length];
      float largest = 0;
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = arrived[i] ? Float.POSITIVE_INFINITY : Math.abs(gradient[i]);
        largest = arrived[i] ? largest : Math.max(largest, sizes[i]);
      }
      return Math.min(smallest(sizes, (int) (fraction * (sizes.length - 1))), largest);
    }

    /** The element that would stand at {@code k} if they were sorted (Hoare 1961). */
    private static float smallest(float[] v, int k) {
      int low = 0;
      int high = v.length - 1;
      while (low < high) {
        float pivot = v[(low + high) >>> 1];
        int i = low;
        int j = high;
        while (i <= j) {
          while (v[i] < pivot) {
            i++;
          }
          while (v[j] > pivot) {
            j--;
          }
          if (i <= j) {
            float t = v[i];
            v[i++] = v[j];
            v[j--] = t;
          }
        }
        if (k <= j) {
          high = j;
        } else if (k >= i) {
          low = i;
        } else {
          return v[k];
        }
      }
      return v[k];
    }

    private void move(int i, double there, float[] gradient) {
      attribution[i] += (there - x[i]) * gradient[i];
      x[i] = there;
    }

    private double point(int i, double alpha) {
      return from[i] + alpha * ((double) to[i] - from[i]);
    }

    private double part(int i) {
      return from[i] == to[i] ? 1 : (x[i] - from[i]) / ((double) to[i] - from[i]);
    }

    private double left() {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += Math.abs(to[i] - x[i]);
      }
      return sum;
    }

    float[] position() {
      return floats(x);
    }

    float[] attribution() {
      return floats(attribution);
    }

    private static float[] floats(double[] values) {
      float[] all = new float[values.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = (float) values[i];
      }
      return all;
    }
  }
}
