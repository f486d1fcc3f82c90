package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Game;
import dev.vitrine.xai.perturb.Partition;
import dev.vitrine.xai.perturb.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * v(S): what the predictor says of a row of which only the features in S are known. A metric by
 * removal is a choice of sets, and what it makes of their v.
 *
 * @param features what is removed at once; the attributions of its elements add up
 * @param replacement what stands there instead
 */
public record Removal(Features features, Replacement replacement) {
  /** Sets that are asked about together. */
  private static final int TOGETHER = 1 << 13;

  /** Each element becomes zero. */
  public static Removal zeros() {
    return new Removal(Features.each(), Replacement.zero());
  }

  /**
   * What a metric sees of a row.
   *
   * @param number its number among all rows
   * @param scores the attribution of each feature
   */
  public record Row(int number, double[] scores) {
    /** How many features it has. */
    public int count() {
      return scores.length;
    }
  }

  /** Asks for v of the sets of each row, a few rows at once, and what each row makes of it. */
  public <R> List<R> ask(
      Question q,
      Attribution a,
      Function<Row, Coalitions> sets,
      BiFunction<Row, double[], R> answer) {
    double[][] maps = Maps.ofInputs(q, a);
    Game game = Game.of(q, features, replacement);
    var answers = new ArrayList<R>();
    for (int from = 0, to; from < maps.length; from = to) {
      var known = new ArrayList<Coalitions>();
      var rows = new ArrayList<Row>();
      for (int r = 0; r < from; r++) {
        known.add(none(game, r));
      }
      int count = 0;
      for (to = from; to < maps.length && count < TOGETHER; to++) {
        Row row = new Row(q.numbers()[to], scores(maps[to], game.features(to)));
        Coalitions asked = sets.apply(row);
        count += asked.count();
        rows.add(row);
        known.add(asked);
      }
      for (int r = to; r < maps.length; r++) {
        known.add(none(game, r));
      }
      double[][] v = game.values(known);
      for (int i = 0; i < rows.size(); i++) {
        answers.add(answer.apply(rows.get(i), v[from + i]));
      }
    }
    return answers;
  }

  /** The same where the answer is a number. */
  public double[] judge(
      Question q,
      Attribution a,
      Function<Row, Coalitions> sets,
      BiFunction<Row, double[], Double> answer) {
    return ask(q, a, sets, answer).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Coalitions none(Game game, int row) {
    return new Coalitions(game.features(row).count());
  }

  private static double[] scores(double[] map, Partition p) {
    double[] scores = new double[p.count()];
    for (int e = 0; e < map.length; e++) {
      scores[p.of()[e]] += map[e];
    }
    return scores;
  }

  /** Appends the set of all but the first {@code k} of an order. */
  static void without(Coalitions sets, int[] order, int k) {
    int s = sets.add();
    for (int i = k; i < order.length; i++) {
      sets.put(s, order[i]);
    }
  }

  /** Appends the set of the first {@code k} of an order. */
  static void only(Coalitions sets, int[] order, int k) {
    int s = sets.add();
    for (int i = 0; i < k; i++) {
      sets.put(s, order[i]);
    }
  }

  @Override
  public String toString() {
    return features + " replaced by " + replacement;
  }
}
