package dev.vitrine.xai;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Tensor;
import java.util.Map;

/**
 * An explainer that is one expression on the tape of the network it explains. What it gives there
 * can be differentiated again: a loss may contain it.
 */
public interface Expression extends Explainer {
  /** The attribution, with the rows of the recording in front. */
  Var on(Recording r);

  /** What {@link #on} reads by {@link Recording#input}, in the shape of x. */
  default Map<String, Tensor> inputs(Question q) {
    return Map.of();
  }

  /** What decides the recorded program: equal ones share it. */
  default Object program() {
    return this;
  }

  @Override
  default Attribution explain(Question q) {
    return q.answer(this);
  }
}
