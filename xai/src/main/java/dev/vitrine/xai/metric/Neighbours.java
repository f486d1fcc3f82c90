package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.function.Consumer;

/**
 * A method's answers about the neighbours x + I of each row. A neighbour has the number of its row:
 * a method that samples draws the same numbers for both, and what differs is due to I.
 *
 * @param rows which row each is a neighbour of, ascending
 * @param question about the neighbours
 * @param answer to it
 */
record Neighbours(int[] rows, Question question, Attribution answer) {
  /** Neighbours that are explained together. */
  private static final int TOGETHER = 512;

  /** Some at a time, so that memory stays small; those of a row in the order of samples. */
  static void each(
      Question q, Explainer by, Perturbation p, int samples, Consumer<Neighbours> then) {
    int all = Math.multiplyExact(q.size(), samples);
    float[][] x = Maps.rows(q.x());
    for (int from = 0; from < all; from += TOGETHER) {
      int[] rows = new int[Math.min(TOGETHER, all - from)];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = (from + i) / samples;
      }
      try (Question copies = q.rows(rows)) {
        Tensor near = copies.memory().floats(q.x().shape().with(0, rows.length));
        for (int i = 0; i < rows.length; i++) {
          float[] row = x[rows[i]];
          float[] change = p.of(row, q.numbers()[rows[i]], (from + i) % samples);
          for (int e = 0; e < change.length; e++) {
            change[e] += row[e];
          }
          near.rows(i, i + 1).set(change);
        }
        Question about = copies.about(near);
        then.accept(new Neighbours(rows, about, by.explain(about)));
      }
    }
  }
}
