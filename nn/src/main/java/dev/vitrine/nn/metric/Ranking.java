package dev.vitrine.nn.metric;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Yes-or-no examples in descending order of score; those with equal scores are one group, because
 * no threshold tells them apart.
 *
 * @param yes how many positives lie at or above the end of each group
 * @param no the same for negatives
 */
record Ranking(int[] yes, int[] no) {
  static Ranking of(double[] scores, boolean[] positive) {
    Counts.same("scores", scores.length, positive.length);
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    for (double s : scores) {
      if (Double.isNaN(s)) {
        throw new IllegalArgumentException("a score is NaN, which has no place in a ranking");
      }
    }
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> scores[i]).reversed());
    int[] yes = new int[scores.length];
    int[] no = new int[scores.length];
    int groups = 0;
    int positives = 0;
    for (int i = 0; i < order.length; i++) {
      positives += positive[order[i]] ? 1 : 0;
      if (i == order.length - 1 || scores[order[i]] != scores[order[i + 1]]) {
        yes[groups] = positives;
        no[groups] = i + 1 - positives;
        groups++;
      }
    }
    if (positives == 0 || positives == order.length) {
      throw new IllegalArgumentException(
          "%d of %d examples are positive; a ranking needs some of both kinds"
              .formatted(positives, order.length));
    }
    return new Ranking(Arrays.copyOf(yes, groups), Arrays.copyOf(no, groups));
  }

  int groups() {
    return yes.length;
  }

  int positives() {
    return yes[yes.length - 1];
  }

  int negatives() {
    return no[no.length - 1];
  }
}
