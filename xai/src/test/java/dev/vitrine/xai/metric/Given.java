package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Map;

/** A method that says the same whatever it is asked; row k of the values is that of number k. */
record Given(Tensor values) implements Explainer {
  @Override
  public String name() {
    return "given";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public Attribution explain(Question q) {
    Tensor own = q.rows(values, q.numbers()).copy();
    return q.answer(this, own, q.explained(), null, null);
  }
}
