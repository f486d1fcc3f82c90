package dev.vitrine.xai;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean of what an explainer says from several baselines: given ones, or draws from a
 * distribution. Of DeepLIFT it is DeepSHAP (Lundberg and Lee 2017), of integrated gradients from a
 * black and a white image the attribution that XRAI ranks regions by (Kapishnikov et al. 2019).
 *
 * @param of the explainer
 * @param baselines where they come from
 * @param samples how many for each row
 */
public record OverBaselines(FromBaseline of, Baseline baselines, Samples samples)
    implements Explainer {

  /** From each of {@code baselines} [m, …]. */
  public static OverBaselines each(FromBaseline of, Tensor baselines) {
    int m = baselines.shape().dim(0);
    return new OverBaselines(of, Baseline.each(baselines), new Samples(m, 0));
  }

  /** From each of these constants: a black and a white image, say. */
  public static OverBaselines each(FromBaseline of, float... constants) {
    return new OverBaselines(of, Baseline.constants(constants), new Samples(constants.length, 0));
  }

  @Override
  public String name() {
    return of.overBaselines();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> s = new LinkedHashMap<>(of.settings());
    s.put("baseline", baselines.toString());
    s.put("samples", samples.toString());
    return s;
  }

  @Override
  public Attribution explain(Question q) {
    var result = samples.of(q, this::from);
    Tensor mean = result.first().mean();
    var promised = result.values().size() > 1 ? result.values().get(1).mean() : null;
    Attribution.Convergence convergence = null;
    if (promised != null) {
      var gaps = Attribution.Convergence.of(mean, promised.toFloats(), 1);
      convergence =
          new Attribution.Convergence(gaps.gap(), result.counts(), result.converged(), null);
    }
    boolean all = baselines instanceof Baseline.Each || baselines instanceof Baseline.Constants;
    Tensor error = all ? null : result.first().standardError();
    return q.answer(this, mean, q.explained(), convergence, error);
  }

  /**
   * The attributions from a baseline of its own for each sample, and what they should add up to.
   */
  private List<Tensor> from(Question s) {
    Tensor b = baselines.rows(s.x(), s.numbers(), s.memory());
    // without a name of its own: nobody sees the provenance of a part
    Attribution a = of.baseline((x, numbers, memory) -> b).explain(s);
    var convergence = a.convergence();
    if (convergence == null) {
      return List.of(a.values());
    }
    Tensor totals = new Memory("totals").floats(Shape.of(s.size()));
    for (int i = 0; i < s.size(); i++) {
      double sum = Attribution.sum(a.values().rows(i, i + 1));
      totals.put(i, (float) (sum - convergence.gap()[i]));
    }
    return List.of(a.values(), totals);
  }
}
