package dev.vitrine.xai.global;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Copies;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;

/**
 * EE_i = (f(x with feature i moved by Δ of its range) − f(x))/Δ at random points of a grid: their
 * mean µ, the mean µ* of their amounts, and their deviation σ tell which features matter, and which
 * act alone and in a straight line (Morris 1991; µ*: Campolongo, Cariboni and Saltelli 2007).
 * Features change one after the other along random trajectories, so r trajectories of d features
 * cost r·(d + 1) predictions.
 *
 * @param trajectories r
 * @param levels p of the grid, an even number; Δ = p/(2(p − 1))
 * @param seed decides the trajectories, each by itself
 */
public record Morris(int trajectories, int levels, long seed) {
  private static final int ORDER = 1;
  private static final int START = 2;

  public Morris {
    if (trajectories < 1 || levels < 2 || levels % 2 != 0) {
      throw new IllegalArgumentException(
          "%d trajectories on %d levels: at least 1 on an even number of levels is needed"
              .formatted(trajectories, levels));
    }
  }

  /** 20 trajectories on 4 levels. */
  public Morris(long seed) {
    this(20, 4, seed);
  }

  /**
   * Elementary effects.
   *
   * @param effects of each feature on each trajectory, [features][trajectories], in units of f per
   *     range of the feature
   */
  public record Effects(double[][] effects) {
    /** The features in descending order of µ*. */
    public int[] order() {
      return Feature.order(meanAmount());
    }

    /** µ: their mean. */
    public double[] mean() {
      return each(Moments::mean, false);
    }

    /** µ*: the mean of their amounts. */
    public double[] meanAmount() {
      return each(Moments::mean, true);
    }

    /** σ: their sample deviation; 0 if f is linear in the feature. */
    public double[] deviation() {
      return each(Moments::sampleDeviation, false);
    }

    /** Of µ*. */
    public double[] standardError() {
      return each(Moments::standardError, true);
    }

    private interface Statistic {
      double of(Moments m);
    }

    private double[] each(Statistic s, boolean amounts) {
      double[] all = new double[effects.length];
      for (int j = 0; j < all.length; j++) {
        double[] v = effects[j].clone();
        for (int k = 0; amounts && k < v.length; k++) {
          v[k] = Math.abs(v[k]);
        }
        all[j] = s.of(Moments.of(v));
      }
      return all;
    }
  }

  /**
   * Effects of all elements of a row.
   *
   * @param low the lower end of each one's range, [1, …]
   * @param high the upper end
   * @param target must name what is explained: the predicted class would change on the way
   */
  public Effects of(Subject subject, Tensor low, Tensor high, Target target) {
    if (!low.shape().equals(high.shape()) || low.shape().dim(0) != 1) {
      throw new IllegalArgumentException(
          "ranges from %s to %s: one row [1, …] of lower and one of upper ends is needed"
              .formatted(low.shape(), high.shape()));
    }
    if (target.classes() == null) {
      throw new IllegalArgumentException(
          "the predicted class changes on the way: name one, with Target.of(class)");
    }
    float[] from = low.toFloats();
    float[] to = high.toFloats();
    int d = from.length;
    int steps = d + 1;
    try (Question q = Question.of(subject, low, 0, target)) {
      float[] f = q.explained(walks(from, to));
      double[][] effects = new double[d][trajectories];
      double delta = levels / (2.0 * (levels - 1));
      for (int t = 0; t < trajectories; t++) {
        int[] order = order(t, d);
        for (int k = 0; k < d; k++) {
          double change = (double) f[t * steps + k + 1] - f[t * steps + k];
          effects[order[k]][t] = (isUpward(t, order[k]) ? change : -change) / delta;
        }
      }
      return new Effects(effects);
    }
  }

  private Copies walks(float[] from, float[] to) {
    int d = from.length;
    return new Copies() {
      @Override
      public int count() {
        return Math.multiplyExact(trajectories, d + 1);
      }

      @Override
      public int row(int c) {
        return 0;
      }

      @Override
      public void write(int c, float[] into, int at) {
        int t = c / (d + 1);
        int[] order = order(t, d);
        for (int k = 0; k < d; k++) {
          int i = order[k];
          boolean moved = k < c % (d + 1);
          into[at + i] = at(from[i], to[i], level(t, i) + (moved == isUpward(t, i) ? half() : 0));
        }
      }
    };
  }

  private int half() {
    return levels / 2;
  }

  private float at(float low, float high, int level) {
    return (float) (low + ((double) high - low) * level / (levels - 1));
  }

  private int[] order(int trajectory, int d) {
    return Philox.permutation(key(trajectory), ORDER, 0, d);
  }

  /** The lower of the two levels that a feature has on a trajectory. */
  private int level(int trajectory, int feature) {
    return Philox.below(half(), key(trajectory), START, 0, feature);
  }

  private boolean isUpward(int trajectory, int feature) {
    return Philox.below(2, key(trajectory), START, 1, feature) == 0;
  }

  private long key(int trajectory) {
    return Philox.pair(seed, trajectory, 0, 0, 0, 0);
  }
}
