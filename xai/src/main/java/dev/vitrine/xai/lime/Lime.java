package dev.vitrine.xai.lime;

import dev.vitrine.tensor.Philox;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.linear.Regression;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Game;
import dev.vitrine.xai.perturb.Replacement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The coefficients of a linear model g(z) that minimises Σ_s k(d_s)·(f(x_s) − g(z_s))² + α·|c|²,
 * where z_s says which features of the row a sample x_s has: each is known with probability ½
 * (Ribeiro, Singh and Guestrin 2016, "Why should I trust you?", eq. 1 and 2). For images on
 * superpixels and for text on words. The row itself is among the samples.
 *
 * @param masks which features each sample has
 * @param most features in the model, chosen by {@code selection}
 */
public record Lime(
    Features features,
    Replacement replacement,
    Masks masks,
    Distance distance,
    Kernel kernel,
    Regression regression,
    Selection selection,
    int most)
    implements Explainer {

  /** The samples of a row. */
  @FunctionalInterface
  public interface Masks {
    /** Which features each sample has. */
    Coalitions of(int number, int features);

    /** {@code samples} masks, the first with all features, the others with each of them or not. */
    static Masks drawn(int samples, long seed) {
      return new Drawn(samples, seed, true);
    }
  }

  /** See {@link Masks#drawn}; {@code original}: whether the row itself comes first. */
  private record Drawn(int samples, long seed, boolean original) implements Masks {
    Drawn {
      if (samples < 2) {
        throw new IllegalArgumentException("samples: " + samples + " given, at least 2 are needed");
      }
    }

    @Override
    public Coalitions of(int number, int features) {
      var sets = new Coalitions(features);
      for (int k = 0; k < samples; k++) {
        if (k == 0 && original) {
          sets.addAll();
          continue;
        }
        int s = sets.add();
        for (int from = 0; from < features; from += Long.SIZE) {
          long coins = Philox.pair(seed, from / Long.SIZE, number, k, 0, 0);
          for (int i = from; i < Math.min(from + Long.SIZE, features); i++) {
            if ((coins >>> i & 1) != 0) {
              sets.put(s, i);
            }
          }
        }
      }
      return sets;
    }

    @Override
    public String toString() {
      return samples + (original ? "" : " without the row") + ", seed " + seed;
    }
  }

  /** As lime explains images: 1000 samples, all features, unknown ones in their mean colour. */
  public static Lime image(Features segments, long seed) {
    return new Lime(
        segments,
        Replacement.mean(),
        Masks.drawn(1000, seed),
        Distance.MASK_COSINE,
        Kernel.lime(0.25),
        new Regression.Ridge(1),
        Selection.NONE,
        Integer.MAX_VALUE);
  }

  /** As Captum 0.7: the lasso with α = 0.01, on distances of inputs, the row not among samples. */
  public static Lime captum(Features features, Replacement replacement, int samples, long seed) {
    return new Lime(
        features,
        replacement,
        new Drawn(samples, seed, false),
        Distance.INPUT_COSINE,
        new Kernel(Kernel.Form.CAPTUM, 1),
        new Regression.Lasso(0.01),
        Selection.NONE,
        Integer.MAX_VALUE);
  }

  /** Something else where features are unknown. */
  public Lime replacement(Replacement by) {
    return new Lime(features, by, masks, distance, kernel, regression, selection, most);
  }

  /** Other samples. */
  public Lime masks(Masks of) {
    return new Lime(features, replacement, of, distance, kernel, regression, selection, most);
  }

  /** Another kernel on another distance. */
  public Lime kernel(Distance of, Kernel by) {
    return new Lime(features, replacement, masks, of, by, regression, selection, most);
  }

  /** Another fit. */
  public Lime regression(Regression by) {
    return new Lime(features, replacement, masks, distance, kernel, by, selection, most);
  }

  /** At most so many features in the model. */
  public Lime select(Selection by, int count) {
    return new Lime(features, replacement, masks, distance, kernel, regression, by, count);
  }

  @Override
  public String name() {
    return "LIME";
  }

  @Override
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("features", features.toString());
    settings.put("replacement", replacement.toString());
    settings.put("samples", masks.toString());
    settings.put("distance", distance.name());
    settings.put("kernel", kernel.toString());
    settings.put("regression", regression.toString());
    settings.put("selection", selection == Selection.NONE ? "all" : selection + ", " + most);
    return settings;
  }

  @Override
  public Attribution explain(Question q) {
    Game game = Game.of(q, features, replacement);
    List<Surrogate> fits = fits(q, game);
    var partitions = IntStream.range(0, game.rows()).mapToObj(game::features).toList();
    return Surrogate.answer(this, q, q.explained(), partitions, fits);
  }

  /** The surrogate of each row. */
  public List<Surrogate> fits(Question q) {
    return fits(q, Game.of(q, features, replacement));
  }

  private List<Surrogate> fits(Question q, Game game) {
    var known = new ArrayList<Coalitions>();
    for (int r = 0; r < game.rows(); r++) {
      int count = game.features(r).count();
      if (count < 2) {
        throw new IllegalArgumentException(
            "row %d has one feature, which leaves nothing to compare: segment it more finely"
                .formatted(q.numbers()[r]));
      }
      known.add(masks.of(q.numbers()[r], count));
    }
    double[][] y = game.values(known);
    var fits = new ArrayList<Surrogate>();
    for (int r = 0; r < game.rows(); r++) {
      double[] weights = weights(game, r, known.get(r));
      double[][] z = seen(known.get(r));
      fits.add(Surrogate.fit(z, weights, y[r], regression, selection, most));
    }
    return fits;
  }

  /** The weight of each sample of a row. */
  public double[] weights(Game game, int row, Coalitions known) {
    double[] weights = new double[known.count()];
    for (int s = 0; s < weights.length; s++) {
      weights[s] = kernel.of(distance.of(game, row, known, s));
    }
    return weights;
  }

  private static double[][] seen(Coalitions known) {
    double[][] z = new double[known.count()][known.players()];
    for (int s = 0; s < z.length; s++) {
      for (int i = 0; i < z[s].length; i++) {
        z[s][i] = known.has(s, i) ? 1 : 0;
      }
    }
    return z;
  }
}
