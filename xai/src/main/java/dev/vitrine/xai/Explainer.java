package dev.vitrine.xai;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;

/**
 * One method of attributing a model's output to its input. Immutable, so one instance serves many
 * threads.
 */
public interface Explainer {
  /** The name in its paper. */
  String name();

  /**
   * Explains each row of {@code x} [n, …]. Rows don't influence each other.
   *
   * @param firstRow the number of the first row among all that are to be explained, in however many
   *     calls; random numbers depend on it, and on nothing else that a call brings
   */
  Attribution explain(Subject subject, Tensor x, int firstRow, Target target);

  /** Explains rows that are numbered from 0. */
  default Attribution explain(Subject subject, Tensor x, Target target) {
    return explain(subject, x, 0, target);
  }

  /** Explains with a model on the standard device. */
  default Attribution explain(Model model, Tensor x, Target target) {
    try (Subject subject = Subject.of(model, Device.standard())) {
      return explain(subject, x, target);
    }
  }
}
