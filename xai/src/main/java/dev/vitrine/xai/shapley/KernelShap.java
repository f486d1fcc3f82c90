package dev.vitrine.xai.shapley;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
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
 * Shapley values as a weighted least squares fit: φ minimises Σ_S π(S)·(v(S) − v(∅) − Σ_{i∈S} φ_i)²
 * under Σ φ = f(x) − v(∅) (Lundberg and Lee 2017, theorem 2). Only features that vary in the
 * background take part; all others are 0. Nothing is regularised unless {@link #atMost} asks for
 * it.
 *
 * @param samples coalitions of each row; 0 = 2·M + 2048, as SHAP
 * @param most features that may be other than 0; 0 = all
 * @param precision whether standard errors are wanted, and how small
 */
public record KernelShap(
    Features features,
    Replacement replacement,
    Link link,
    int samples,
    int most,
    Precision precision,
    long seed)
    implements Explainer {
  public KernelShap {
    if (samples < 0 || most < 0) {
      throw new IllegalArgumentException(
          "samples %d, at most %d features: neither may be negative".formatted(samples, most));
    }
  }

  /**
   * What is to be known of the error that comes from drawing coalitions.
   *
   * @param asked whether to compute standard errors: as much work as the fit
   * @param tolerance 0 = the samples that were asked for; else each row doubles them until the
   *     errors are small: ‖error‖₂ ≤ tolerance·‖φ‖₂
   */
  public record Precision(boolean asked, double tolerance) {
    public Precision {
      if (!(tolerance >= 0)) {
        throw new IllegalArgumentException(
            "tolerance: " + tolerance + " given, 0 or more is needed");
      }
    }
  }

  /** Each element a feature, unknown ones taken from each row of {@code data} [m, …]. */
  public KernelShap(Tensor data, long seed) {
    this(Features.each(), Replacement.background(data), seed);
  }

  public KernelShap(Features features, Replacement replacement, long seed) {
    this(features, replacement, Link.IDENTITY, 0, 0, new Precision(false, 0), seed);
  }

  /** So many coalitions of each row. */
  public KernelShap samples(int count) {
    return new KernelShap(features, replacement, link, count, most, precision, seed);
  }

  /** Contributions that add up on another scale. */
  public KernelShap link(Link by) {
    return new KernelShap(features, replacement, by, samples, most, precision, seed);
  }

  /**
   * Keeps the first so many features that least-angle regression takes up, as SHAP's {@code
   * num_features}; all others become 0, and the attribution says how many that were.
   */
  public KernelShap atMost(int count) {
    return new KernelShap(features, replacement, link, samples, count, precision, seed);
  }

  /** With a standard error of each value. */
  public KernelShap withErrors() {
    return with(new Precision(true, precision.tolerance()));
  }

  /** Each row doubles its samples until ‖standard errors‖₂ ≤ tolerance·‖φ‖₂. */
  public KernelShap tolerance(double tolerance) {
    return with(new Precision(true, tolerance));
  }

  private KernelShap with(Precision wanted) {
    return new KernelShap(features, replacement, link, samples, most, wanted, seed);
  }

  @Override
  public String name() {
    return "KernelSHAP";
  }

  @Override
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("features", features.toString());
    settings.put("replacement", replacement.toString());
    settings.put("link", link.toString());
    settings.put("samples", samples == 0 ? "2 M + 2048" : String.valueOf(samples));
    settings.put("kept", most == 0 ? "all" : "at most " + most);
    if (precision.tolerance() > 0) {
      settings.put("tolerance", String.valueOf(precision.tolerance()));
    }
    settings.put("seed", String.valueOf(seed));
    return settings;
  }

  @Override
  public Attribution explain(Question q) {
    Game game = Game.of(q, features, replacement);
    return ShapleyFit.answer(this, q, game, fits(q, game));
  }

  /** The fit of each row, with its figures. */
  public List<ShapleyFit> fits(Question q) {
    return fits(q, Game.of(q, features, replacement));
  }

  private List<ShapleyFit> fits(Question q, Game game) {
    var fits = new ArrayList<ShapleyFit>();
    int[] open = IntStream.range(0, game.rows()).toArray();
    for (int round = 0; open.length > 0; round++) {
      fit(q, game, open, round, fits);
      open = IntStream.of(open).filter(r -> !fits.get(r).converged()).toArray();
    }
    return fits;
  }

  /** Fits the open rows with a budget that doubles from round to round. */
  private void fit(Question q, Game game, int[] open, int round, List<ShapleyFit> fits) {
    var chosen = new ArrayList<Chosen>();
    var known = new ArrayList<Coalitions>();
    for (int r = 0; r < game.rows(); r++) {
      known.add(new Coalitions(game.features(r).count()));
    }
    for (int r : open) {
      Chosen c = chosen(game.varying(r), q.numbers()[r], round);
      chosen.add(c);
      known.set(r, c.known());
    }
    double[][] v = game.values(known);
    for (int i = 0; i < open.length; i++) {
      double[] values = v[open[i]];
      for (int s = 0; s < values.length; s++) {
        values[s] = link.of(values[s]);
      }
      Chosen c = chosen.get(i);
      var fit = ShapleyFit.of(c.players(), c.of(), c.kernel(), values, most, precision);
      if (round == 0) {
        fits.add(fit);
      } else {
        fits.set(open[i], fit);
      }
    }
  }

  /**
   * What is asked about a row.
   *
   * @param players features that vary
   * @param of how many features there are
   * @param known coalitions of all features: the empty one, the full one, those of the kernel
   */
  private record Chosen(int[] players, int of, KernelCoalitions kernel, Coalitions known) {}

  private Chosen chosen(boolean[] varying, int number, int round) {
    int[] players = new int[varying.length];
    int m = 0;
    for (int i = 0; i < varying.length; i++) {
      if (varying[i]) {
        players[m++] = i;
      }
    }
    players = Arrays.copyOf(players, m);
    int first = samples == 0 ? KernelCoalitions.usual(m) : samples;
    int budget = (int) Math.min((long) first << round, Math.max(first, ShapleyFit.MOST));
    long key = Philox.pair(seed, 0, number, 0, 0, 0);
    KernelCoalitions kernel = KernelCoalitions.of(m, budget, key);
    var known = new Coalitions(varying.length);
    known.add();
    known.addAll();
    for (int s = 0; s < kernel.sets().count(); s++) {
      int own = known.add();
      for (int i = 0; i < m; i++) {
        if (kernel.sets().has(s, i)) {
          known.put(own, players[i]);
        }
      }
    }
    return new Chosen(players, varying.length, kernel, known);
  }
}
