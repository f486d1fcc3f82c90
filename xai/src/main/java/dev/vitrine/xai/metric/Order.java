package dev.vitrine.xai.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Which features change first. Of equal ones it is the one with the lower index. */
public enum Order {
  /** MoRF: a good attribution makes the explained number fall at once. */
  MOST_RELEVANT_FIRST,
  /** LeRF: a good attribution keeps it up for long. */
  LEAST_RELEVANT_FIRST;

  /** The indices of the scores in this order. */
  public int[] of(double[] scores) {
    int sign = this == MOST_RELEVANT_FIRST ? -1 : 1;
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> sign * scores[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The indices of the k largest. */
  static int[] largest(double[] scores, int k) {
    return Arrays.copyOf(MOST_RELEVANT_FIRST.of(scores), k);
  }

  @Override
  public String toString() {
    return this == MOST_RELEVANT_FIRST ? "most relevant first" : "least relevant first";
  }
}
