package dev.vitrine.xai;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.List;
import java.util.Map;

/**
 * One method of attributing a model's output to its input. Immutable, so one instance serves many
 * threads.
 */
public interface Explainer {
  /** The name in its paper. */
  String name();

  /** Everything about it that matters to the bits: steps, baseline, seed. */
  Map<String, String> settings();

  /** The answer, row by row: rows don't influence each other. */
  Attribution explain(Question q);

  /**
   * Explains each row of {@code x} [n, …]. A row with a NaN or an infinity gets what arithmetic
   * gives, a NaN for the most part, and no other row notices.
   *
   * @param firstRow the number of the first row among all that are to be explained, in however many
   *     calls; random numbers depend on it, and on nothing else that a call brings
   */
  default Attribution explain(Subject subject, Tensor x, int firstRow, Target target) {
    try (Question q = Question.of(subject, x, firstRow, target)) {
      return explain(q);
    }
  }

  /** Explains rows that are numbered from 0. */
  default Attribution explain(Subject subject, Tensor x, Target target) {
    return explain(subject, x, 0, target);
  }

  /** Explains several numbers of the same rows. */
  default List<Attribution> explain(Subject subject, Tensor x, List<Target> targets) {
    return targets.stream().map(t -> explain(subject, x, 0, t)).toList();
  }

  /** Explains with a model on the standard device. */
  default Attribution explain(Model model, Tensor x, Target target) {
    try (Subject subject = Subject.of(model, Device.standard())) {
      return explain(subject, x, target);
    }
  }
}
