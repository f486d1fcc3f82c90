package dev.vitrine.xai.spark;

import dev.vitrine.xai.Attribution;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a task that were explained together, or that can't be explained.
 *
 * @param kept what stays of each row that came in
 * @param numbers of the rows
 * @param answer for all of them; null if they have none
 * @param figures what else there is to say, by name: a number for each row
 * @param reasons why there is no answer, for each row; empty if there is one
 */
record Answered(
    List<@Nullable Object[]> kept,
    int[] numbers,
    @Nullable Attribution answer,
    SortedMap<String, double[]> figures,
    List<String> reasons)
    implements AutoCloseable {

  int size() {
    return numbers.length;
  }

  /** Frees the attributions. */
  @Override
  public void close() {
    if (answer != null) {
      answer.values().owner().close();
    }
  }
}
