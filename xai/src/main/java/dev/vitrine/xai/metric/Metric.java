package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Map;

/**
 * A number for each row that says how good its attribution is. It depends on the row, its number
 * and the settings alone: not on its neighbours, their order, the batch or the thread.
 *
 * <p>NaN says that the number does not exist for this row, such as a correlation with attributions
 * that are all equal; each metric says when, and {@link Estimate} counts such rows. Attributions
 * that are NaN themselves are refused.
 */
public interface Metric {
  /** Which end of the scale a good attribution has. */
  enum Direction {
    HIGHER,
    LOWER
  }

  /** The name in its paper. */
  String name();

  /** Everything about it that matters to the bits. */
  Map<String, String> settings();

  /** What is better. */
  Direction direction();

  /**
   * The number of each row.
   *
   * @param q what was asked. Metrics that only look at outputs may be given another quantity than
   *     the method explained, such as the probability of the same class
   * @param by the method, for metrics that ask it again
   * @param a what it answered; it is not changed
   */
  double[] of(Question q, Explainer by, Attribution a);

  /** Explains the rows of {@code x} [n, …], and judges that. */
  default double[] of(Subject subject, Tensor x, Target target, Explainer by) {
    try (Question q = Question.of(subject, x, 0, target)) {
      return of(q, by, by.explain(q));
    }
  }
}
