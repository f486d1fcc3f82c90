package dev.vitrine.xai.shapley;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Game;
import dev.vitrine.xai.perturb.Replacement;
import java.util.Map;

/**
 * φ_i = Σ_{S∌i} (v(S ∪ i) − v(S))/(M·C(M − 1, |S|)), all 2^M coalitions (Shapley 1953; Lundberg and
 * Lee 2017, eq. 4; C(n, k) sets of k among n). Σ φ = f(x) − v(∅). Each element of a feature gets
 * the feature's value.
 */
public record ExactShapley(Features features, Replacement replacement) implements Explainer {
  /** 2^M numbers must fit the memory; 2^M evaluations take long before that. */
  static final int MOST_PLAYERS = 24;

  /** Each element a feature, unknown ones taken from each row of {@code data} [m, …]. */
  public ExactShapley(Tensor data) {
    this(Features.each(), Replacement.background(data));
  }

  @Override
  public String name() {
    return "Shapley values";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("features", features.toString(), "replacement", replacement.toString());
  }

  @Override
  public Attribution explain(Question q) {
    Game game = Game.of(q, features, replacement);
    Tensor values = new Memory("shapley values").floats(q.x().shape());
    float[] f = new float[q.size()];
    float[] gap = new float[q.size()];
    int[] steps = new int[q.size()];
    boolean[] converged = new boolean[q.size()];
    for (int r = 0; r < q.size(); r++) {
      double[] v = AllCoalitions.values(q, game, r);
      double[] phi = values(v);
      values.rows(r, r + 1).set(game.features(r).spread(phi));
      f[r] = (float) v[v.length - 1];
      gap[r] = (float) (sum(phi) - (v[v.length - 1] - v[0]));
      steps[r] = v.length;
      converged[r] = true;
    }
    var convergence = new Attribution.Convergence(gap, steps, converged, null);
    return q.answer(this, values, f, convergence, null);
  }

  static double sum(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum;
  }

  /**
   * The Shapley values of a game.
   *
   * @param v of each coalition: bit i of its index says whether player i belongs to it
   */
  public static double[] values(double[] v) {
    int players = Integer.numberOfTrailingZeros(v.length);
    double[] weights = weights(players);
    double[] phi = new double[players];
    for (int i = 0; i < players; i++) {
      int one = 1 << i;
      for (int s = 0; s < v.length; s++) {
        if ((s & one) == 0) {
          phi[i] += weights[Integer.bitCount(s)] * (v[s | one] - v[s]);
        }
      }
    }
    return phi;
  }

  /**
   * The Shapley interaction of each pair, I_ij = Σ over S without i and j of |S|!·(M − |S| − 2)!/(M
   * − 1)!·(v(S ∪ ij) − v(S ∪ i) − v(S ∪ j) + v(S)) (Grabisch and Roubens 1999). SHAP's interaction
   * values are its halves, with φ_i − Σ_j I_ij/2 on the diagonal, so that all add up to f − v(∅).
   *
   * @param v as in {@link #values(double[])}
   * @return symmetric, [M][M]; the diagonal holds the Shapley values
   */
  public static double[][] interactions(double[] v) {
    int players = Integer.numberOfTrailingZeros(v.length);
    double[] weights = weights(Math.max(players - 1, 1));
    double[] phi = values(v);
    double[][] all = new double[players][players];
    for (int i = 0; i < players; i++) {
      all[i][i] = phi[i];
      for (int j = 0; j < i; j++) {
        int a = 1 << i;
        int b = 1 << j;
        double sum = 0;
        for (int s = 0; s < v.length; s++) {
          if ((s & (a | b)) == 0) {
            double joint = v[s | a | b] - v[s | a] - v[s | b] + v[s];
            sum += weights[Integer.bitCount(s)] * joint;
          }
        }
        all[i][j] = sum;
        all[j][i] = sum;
      }
    }
    return all;
  }

  /** s!·(M − s − 1)!/M! for s from 0 to M − 1: 1/(M·C(M − 1, s)). */
  static double[] weights(int players) {
    double[] weights = new double[players];
    double choices = 1;
    for (int s = 0; s < players; s++) {
      weights[s] = 1 / (players * choices);
      choices = choices * (players - 1 - s) / (s + 1);
    }
    return weights;
  }

  /** The interactions of the features of each row, [rows][M][M]; see {@link #interactions}. */
  public double[][][] interactions(Question q) {
    Game game = Game.of(q, features, replacement);
    double[][][] all = new double[q.size()][][];
    for (int r = 0; r < all.length; r++) {
      all[r] = interactions(AllCoalitions.values(q, game, r));
    }
    return all;
  }
}
