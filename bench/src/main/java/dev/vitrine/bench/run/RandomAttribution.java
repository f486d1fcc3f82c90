package dev.vitrine.bench.run;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Map;

/** a ~ U(−1, 1), whatever the model does: what a method has to beat. */
record RandomAttribution(long seed) implements Explainer {
  /** Other random numbers than those of methods and metrics with this seed. */
  private static final int STREAM = 0x726e;

  @Override
  public String name() {
    return "Random";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("seed", String.valueOf(seed));
  }

  @Override
  public Attribution explain(Question q) {
    Tensor a = new Memory("attributions").floats(q.x().shape());
    long size = a.size() / q.size();
    for (long i = 0; i < a.size(); i++) {
      int number = q.numbers()[(int) (i / size)];
      a.put(i, 2 * Philox.uniformAt(seed, STREAM, 0, number, i % size) - 1);
    }
    return q.answer(this, a, q.explained(), null, null);
  }
}
