package dev.vitrine.xai.perturb;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * a_i = f(x) − v(all features but i): what is lost with a feature alone. Each element of a feature
 * gets the whole difference.
 */
public record FeatureAblation(Features features, Replacement replacement) implements Explainer {
  /** Elements that become zero. */
  public FeatureAblation() {
    this(Features.each(), Replacement.zero());
  }

  @Override
  public String name() {
    return "FeatureAblation";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("features", features.toString(), "replacement", replacement.toString());
  }

  @Override
  public Attribution explain(Question q) {
    Game game = Game.of(q, features, replacement);
    var allButOne = new ArrayList<Coalitions>();
    for (int r = 0; r < game.rows(); r++) {
      int players = game.features(r).count();
      var sets = new Coalitions(players);
      for (int i = 0; i < players; i++) {
        int one = sets.add();
        for (int j = 0; j < players; j++) {
          if (j != i) {
            sets.put(one, j);
          }
        }
      }
      allButOne.add(sets);
    }
    List<double[]> losses = new ArrayList<>();
    float[] f = q.explained();
    double[][] without = game.values(allButOne);
    for (int r = 0; r < without.length; r++) {
      double[] loss = new double[without[r].length];
      for (int i = 0; i < loss.length; i++) {
        loss[i] = f[r] - without[r][i];
      }
      losses.add(loss);
    }
    return q.answer(this, spread(q, game, losses), f, null, null);
  }

  /** Values of features, as values of the elements of the rows. */
  static Tensor spread(Question q, Game game, List<double[]> values) {
    Tensor all = new Memory("attributions").floats(q.x().shape());
    for (int r = 0; r < values.size(); r++) {
      all.rows(r, r + 1).set(game.features(r).spread(values.get(r)));
    }
    return all;
  }
}
