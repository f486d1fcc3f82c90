package dev.vitrine.nn;

import dev.vitrine.autodiff.Var;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model is recorded for: batch norm and dropout do different things in training and
 * afterwards.
 */
public sealed interface Mode {
  Mode EVALUATION = new Evaluation();

  /** Statistics are fixed and nothing is drawn at random. */
  record Evaluation() implements Mode {}

  /**
   * Statistics come from the batch; random nodes draw with {@code seed}; what layers want to
   * remember (running statistics) is collected as assignments.
   */
  record Training(long seed, Map<Var, Var> assignments) implements Mode {
    public Training(long seed) {
      this(seed, new LinkedHashMap<>());
    }
  }
}
