package dev.vitrine.xai.global;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Partition;

/**
 * I_j = score(X, y) − score(X with feature j permuted among the rows, y) (Breiman 2001, section 10;
 * Fisher, Rudin and Dominici 2019): what the predictor loses if a feature tells nothing any more.
 *
 * @param score the larger, the better
 * @param repeats permutations of each feature
 * @param features what is permuted together
 * @param orders where the permutations come from
 */
public record PermutationImportance(Score score, int repeats, Features features, Orders orders) {

  /** In repeat k row {@code r} gets feature j from row {@code of(j, k, n)[r]} of n. */
  @FunctionalInterface
  public interface Orders {
    int[] of(int feature, int repeat, int n);

    /** Uniform permutations: of a feature and a repeat always the same. */
    static Orders drawn(long seed) {
      return (j, k, n) -> Philox.permutation(Philox.pair(seed, j, 0, 0, 0, 0), 0, k, n);
    }
  }

  public PermutationImportance {
    if (repeats < 1) {
      throw new IllegalArgumentException("repeats: " + repeats + " given, at least 1 is needed");
    }
  }

  /** Each element a feature. */
  public PermutationImportance(Score score, int repeats, long seed) {
    this(score, repeats, Features.each(), Orders.drawn(seed));
  }

  /**
   * How much each feature matters.
   *
   * @param score of the data as they are
   * @param values score minus score with a feature permuted, [features][repeats]
   */
  public record Importance(double score, double[][] values) {
    /** The features from the most important one on. */
    public int[] order() {
      return Feature.order(mean());
    }

    /** Over the repeats. */
    public double[] mean() {
      return each(Moments::mean);
    }

    /** √(Σ(I − mean)²/repeats), as scikit-learn reports it. */
    public double[] deviation() {
      return each(Moments::deviation);
    }

    /** Of each mean, were more permutations drawn; NaN after one. */
    public double[] standardError() {
      return each(Moments::standardError);
    }

    /**
     * How many times as large each error is: score permuted/score, for losses (as alibi has it).
     */
    public double[] ratio() {
      double[] mean = mean();
      for (int j = 0; j < mean.length; j++) {
        mean[j] = (score - mean[j]) / score;
      }
      return mean;
    }

    private interface Statistic {
      double of(Moments m);
    }

    private double[] each(Statistic s) {
      double[] all = new double[values.length];
      for (int j = 0; j < all.length; j++) {
        all[j] = s.of(Moments.of(values[j]));
      }
      return all;
    }
  }

  /**
   * Importance of each feature of rows {@code x} [n, …]; every row has the features of the first.
   *
   * @param targets labels, int [n], or values [n, …]
   */
  public Importance of(Subject subject, Tensor x, Tensor targets) {
    Rows rows = Rows.of(x);
    Shape row = x.shape().without(0);
    Partition p = features.of(x.rows(0, 1).reshape(row));
    int[][] elements = p.elements();
    double all = score.of(subject.outputs(x), targets);
    double[][] values = new double[p.count()][repeats];
    try (var memory = new Memory("permuted")) {
      Tensor permuted = memory.floats(x.shape());
      for (int j = 0; j < values.length; j++) {
        for (int k = 0; k < repeats; k++) {
          permuted.set(permuted(rows, elements[j], orders.of(j, k, rows.count())));
          values[j][k] = all - score.of(subject.outputs(permuted), targets);
        }
      }
    }
    return new Importance(all, values);
  }

  private static float[] permuted(Rows rows, int[] elements, int[] lenders) {
    float[] all = rows.values().clone();
    for (int r = 0; r < rows.count(); r++) {
      for (int e : elements) {
        all[r * rows.width() + e] = rows.values()[lenders[r] * rows.width() + e];
      }
    }
    return all;
  }
}
