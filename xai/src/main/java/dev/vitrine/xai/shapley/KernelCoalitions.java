package dev.vitrine.xai.shapley;

import dev.vitrine.tensor.Philox;
import dev.vitrine.xai.perturb.Coalitions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The coalitions that a budget buys, weighted by the Shapley kernel π(k) = (M − 1)/(C(M, k)·k·(M −
 * k)), which makes a least squares fit give Shapley values (Lundberg and Lee 2017, theorem 2).
 *
 * <p>SHAP's walk: sizes k and M − k are taken together, the heaviest first, all of them as long as
 * the budget allows; the rest is drawn with probabilities proportional to the weights of sizes,
 * each with its complement, and shares the weight that is left. A coalition that is drawn again
 * counts once more and costs nothing.
 *
 * @param sets neither empty nor full, each once
 * @param weights of the sets; their scale does not matter
 * @param enumerated how many of the sets, in front, were not drawn
 */
public record KernelCoalitions(Coalitions sets, double[] weights, int enumerated) {

  /** Draws without a new coalition after which the budget counts as spent. */
  private static final int TRIES = 4;

  /** SHAP's budget: 2·M + 2048. */
  public static int usual(int players) {
    return 2 * players + 2048;
  }

  /**
   * At most {@code budget} coalitions of {@code players} features.
   *
   * @param key of the random numbers
   */
  public static KernelCoalitions of(int players, int budget, long key) {
    var walk = new Walk(players, budget);
    walk.enumerate();
    int enumerated = walk.sets.count();
    walk.draw(key);
    double[] weights = Arrays.copyOf(walk.weights, walk.sets.count());
    return new KernelCoalitions(walk.sets, weights, enumerated);
  }

  /** Given coalitions, neither empty nor full, each weighted by π. */
  public static KernelCoalitions of(Coalitions given) {
    double[] weights = new double[given.count()];
    Arrays.setAll(weights, s -> weight(given.players(), given.size(s)));
    return new KernelCoalitions(given, weights, 0);
  }

  /** π of a coalition of {@code size} of M features. */
  public static double weight(int players, int size) {
    return (players - 1) / (choose(players, size) * size * (players - size));
  }

  private static double choose(int n, int k) {
    double choices = 1;
    for (int i = 0; i < Math.min(k, n - k); i++) {
      choices = choices * (n - i) / (i + 1);
    }
    return choices;
  }

  /** One walk through the sizes. */
  private static final class Walk {
    final int players;
    final int budget;
    final Coalitions sets;
    double[] weights = new double[16];

    /** Of size k and M − k together, at index k − 1; Σ = 1. */
    final double[] sizes;

    /** Sizes from 1 on that were enumerated. */
    int full;

    Walk(int players, int budget) {
      this.players = players;
      this.budget = budget;
      this.sets = new Coalitions(players);
      this.sizes = new double[players / 2];
      double sum = 0;
      for (int k = 1; k <= sizes.length; k++) {
        sizes[k - 1] = (isPaired(k) ? 2.0 : 1.0) * (players - 1) / ((double) k * (players - k));
        sum += sizes[k - 1];
      }
      for (int k = 0; k < sizes.length; k++) {
        sizes[k] /= sum;
      }
    }

    private boolean isPaired(int size) {
      return 2 * size != players;
    }

    void enumerate() {
      double left = budget;
      double share = 1;
      for (int k = 1; k <= sizes.length; k++) {
        double count = choose(players, k) * (isPaired(k) ? 2 : 1);
        // as SHAP: the share of the budget that this size would get must cover all of it
        if (left * sizes[k - 1] / share / count < 1 - 1e-8) {
          return;
        }
        addAll(k, sizes[k - 1] / count);
        full = k;
        left -= count;
        share -= sizes[k - 1];
      }
    }

    /** All coalitions of a size, in lexicographic order, each followed by its complement. */
    private void addAll(int size, double weight) {
      int[] members = new int[size];
      Arrays.setAll(members, i -> i);
      for (int last = size - 1; last >= 0; ) {
        int s = sets.add();
        for (int member : members) {
          sets.put(s, member);
        }
        weigh(s, weight);
        if (isPaired(size)) {
          weigh(sets.addComplement(s), weight);
        }
        last = size - 1;
        while (last >= 0 && members[last] == players - size + last) {
          last--;
        }
        if (last >= 0) {
          members[last]++;
          for (int i = last + 1; i < size; i++) {
            members[i] = members[i - 1] + 1;
          }
        }
      }
    }

    private void weigh(int s, double weight) {
      if (s >= weights.length) {
        weights = Arrays.copyOf(weights, 2 * weights.length);
      }
      weights[s] += weight;
    }

    void draw(long key) {
      double rest = 0;
      for (int k = full; k < sizes.length; k++) {
        rest += sizes[k];
      }
      int first = sets.count();
      Map<Integer, int[]> known = new HashMap<>();
      int[] order = new int[players];
      for (int draw = 0; draw < TRIES * (budget - first) && sets.count() < budget; draw++) {
        if (full == sizes.length) {
          return;
        }
        int size = size(Philox.uniform53(Philox.pair(key, 0, draw, 0, 0, 0)) * rest);
        int s = sets.add();
        Arrays.setAll(order, i -> i);
        for (int i = 0; i < size; i++) {
          int j = i + Philox.below(players - i, key, 1, draw, i);
          int member = order[j];
          order[j] = order[i];
          sets.put(s, member);
        }
        int found = count(s, known);
        if (isPaired(size) && sets.count() < budget) {
          count(sets.addComplement(found), known);
        }
      }
      double drawn = 0;
      for (int s = first; s < sets.count(); s++) {
        drawn += weights[s];
      }
      for (int s = first; s < sets.count(); s++) {
        weights[s] *= rest / drawn;
      }
    }

    /** The size that this much weight of the sizes that are left leads to. */
    private int size(double weight) {
      double sum = 0;
      for (int k = full; k < sizes.length; k++) {
        sum += sizes[k];
        if (weight < sum) {
          return k + 1;
        }
      }
      return sizes.length;
    }

    /** Counts the last set, which is taken back if it was there before; gives where it is. */
    private int count(int s, Map<Integer, int[]> known) {
      int[] same = known.getOrDefault(sets.hash(s), new int[0]);
      for (int t : same) {
        if (sets.same(s, t)) {
          sets.removeLast();
          weigh(t, 1);
          return t;
        }
      }
      int[] more = Arrays.copyOf(same, same.length + 1);
      more[same.length] = s;
      known.put(sets.hash(s), more);
      weigh(s, 1);
      return s;
    }
  }
}
