package dev.vitrine.xai.shapley;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Samples;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Game;
import dev.vitrine.xai.perturb.Replacement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * φ_i = mean over random orders of v(before i, and i) − v(before i) (Štrumbelj and Kononenko 2010;
 * Castro, Gómez and Tejada 2009). Each order is also walked backwards, which makes the error
 * smaller (antithetic; Mitchell et al. 2022, section 4.1): a sample is the mean of both ways. Σ φ =
 * f(x) − v(∅) after any number of samples.
 *
 * @param orders where the orders come from
 * @param antithetic whether each is walked backwards too
 * @param samples how many, or a tolerance for the standard errors
 */
public record ShapleySampling(
    Features features, Replacement replacement, Orders orders, boolean antithetic, Samples samples)
    implements Explainer {

  /** Samples that are computed together, of all rows. */
  private static final int TOGETHER = 1 << 15;

  /** 25 orders and back, each element a feature, unknown ones from each row of {@code data}. */
  public ShapleySampling(Tensor data, long seed) {
    this(Features.each(), Replacement.background(data), seed);
  }

  /** 25 orders and back. */
  public ShapleySampling(Features features, Replacement replacement, long seed) {
    this(features, replacement, Orders.drawn(seed), true, new Samples(25, 0));
  }

  /** So many orders. */
  public ShapleySampling samples(int count) {
    return new ShapleySampling(
        features, replacement, orders, antithetic, new Samples(count, samples.tolerance()));
  }

  /** Each row doubles its samples until ‖standard errors‖₂ ≤ tolerance·‖φ‖₂. */
  public ShapleySampling tolerance(double tolerance) {
    return new ShapleySampling(
        features, replacement, orders, antithetic, new Samples(samples.count(), tolerance));
  }

  @Override
  public String name() {
    return "Shapley sampling";
  }

  @Override
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("features", features.toString());
    settings.put("replacement", replacement.toString());
    settings.put("orders", orders + (antithetic ? ", and back" : ""));
    settings.put("samples", samples.toString());
    return settings;
  }

  /** What a row's samples gave so far. */
  private static final class Sums {
    final double[] sum;
    final double[] squares;
    int count;
    double nothing;
    double all;

    Sums(int players) {
      this.sum = new double[players];
      this.squares = new double[players];
    }

    double[] mean() {
      return IntStream.range(0, sum.length).mapToDouble(i -> sum[i] / count).toArray();
    }

    /** √(unbiased variance / samples); of one sample unknown, NaN. */
    double[] error() {
      return IntStream.range(0, sum.length)
          .mapToDouble(i -> {
            double mean = sum[i] / count;
            return Math.sqrt(Math.max(squares[i] / count - mean * mean, 0) / (count - 1));
          })
          .toArray();
    }
  }

  @Override
  public Attribution explain(Question q) {
    Game game = Game.of(q, features, replacement);
    var sums = new ArrayList<Sums>();
    for (int r = 0; r < q.size(); r++) {
      sums.add(new Sums(game.features(r).count()));
    }
    boolean[] converged = new boolean[q.size()];
    boolean[] open = new boolean[q.size()];
    Arrays.fill(open, true);
    int done = 0;
    for (int want = samples.count(); ; want = Math.min(2 * want, Samples.MOST)) {
      take(q, game, sums, open, done, want);
      boolean more = false;
      for (int r = 0; r < open.length; r++) {
        if (open[r]) {
          converged[r] = samples.tolerance() == 0 || isPrecise(sums.get(r));
          open[r] = !converged[r] && want < Samples.MOST;
          more |= open[r];
        }
      }
      if (!more) {
        return answer(q, game, sums, converged);
      }
      done = want;
    }
  }

  private boolean isPrecise(Sums s) {
    return norm(s.error()) <= samples.tolerance() * norm(s.mean());
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double e : v) {
      sum += e * e;
    }
    return Math.sqrt(sum);
  }

  /** Samples {@code from} to {@code to} of the open rows, so many at once that memory is small. */
  private void take(Question q, Game game, List<Sums> sums, boolean[] open, int from, int to) {
    int players = 1;
    for (int r = 0; r < open.length; r++) {
      players += open[r] ? (antithetic ? 2 : 1) * game.features(r).count() : 0;
    }
    int step = Math.max(1, TOGETHER / players);
    for (int k = from; k < to; k += step) {
      add(q, game, sums, open, k, Math.min(k + step, to));
    }
  }

  private void add(Question q, Game game, List<Sums> sums, boolean[] open, int from, int to) {
    var known = new ArrayList<Coalitions>();
    for (int r = 0; r < open.length; r++) {
      int players = game.features(r).count();
      var sets = new Coalitions(players);
      if (open[r]) {
        sets.add();
        sets.addAll();
        for (int k = from; k < to; k++) {
          walk(sets, orders.of(q.numbers()[r], k, players));
        }
      }
      known.add(sets);
    }
    double[][] v = game.values(known);
    for (int r = 0; r < open.length; r++) {
      if (open[r]) {
        Sums s = sums.get(r);
        s.nothing = v[r][0];
        s.all = v[r][1];
        for (int k = from, at = 2; k < to; k++) {
          at = add(s, orders.of(q.numbers()[r], k, s.sum.length), v[r], at);
        }
      }
    }
  }

  /** The sets that are neither empty nor full, on the way and on the way back. */
  private void walk(Coalitions sets, int[] order) {
    for (int way = 0; way < (antithetic ? 2 : 1); way++) {
      for (int i = 0; i < order.length - 1; i++) {
        int s = sets.add();
        for (int j = 0; j <= i; j++) {
          sets.put(s, order[way == 0 ? j : order.length - 1 - j]);
        }
      }
    }
  }

  private int add(Sums s, int[] order, double[] v, int from) {
    double[] gains = new double[order.length];
    int at = from;
    int ways = antithetic ? 2 : 1;
    for (int way = 0; way < ways; way++) {
      double before = s.nothing;
      for (int i = 0; i < order.length; i++) {
        double now = i == order.length - 1 ? s.all : v[at++];
        gains[order[way == 0 ? i : order.length - 1 - i]] += (now - before) / ways;
        before = now;
      }
    }
    for (int i = 0; i < gains.length; i++) {
      s.sum[i] += gains[i];
      s.squares[i] += gains[i] * gains[i];
    }
    s.count++;
    return at;
  }

  private Attribution answer(Question q, Game game, List<Sums> sums, boolean[] converged) {
    var memory = new Memory("shapley sampling");
    Tensor values = memory.floats(q.x().shape());
    Tensor errors = memory.floats(q.x().shape());
    float[] f = new float[q.size()];
    float[] gap = new float[q.size()];
    int[] steps = new int[q.size()];
    for (int r = 0; r < q.size(); r++) {
      Sums s = sums.get(r);
      double[] phi = s.mean();
      values.rows(r, r + 1).set(game.features(r).spread(phi));
      errors.rows(r, r + 1).set(game.features(r).spread(s.error()));
      f[r] = (float) s.all;
      gap[r] = (float) (ExactShapley.sum(phi) - (s.all - s.nothing));
      steps[r] = s.count;
    }
    var convergence = new Attribution.Convergence(gap, steps, converged, null);
    return q.answer(this, values, f, convergence, errors);
  }
}
