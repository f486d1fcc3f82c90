package dev.vitrine.xai.perturb;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Copies;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Map;

/**
 * a_i = f(x) − f(x with feature i of another row): the explained rows lend each other their values,
 * feature by feature (as Captum does it). The one method whose rows depend on each other; {@link
 * Replacement#background} does the same with rows that are not explained.
 *
 * @param orders which row lends to which
 */
public record FeaturePermutation(Features features, Orders orders) implements Explainer {

  /** Row {@code k} of n rows gets feature i from row {@code of(i, n)[k]}. */
  public interface Orders {
    int[] of(int feature, int n);
  }

  /** Each element a feature, in permutations drawn from {@code seed}. */
  public FeaturePermutation(long seed) {
    this(Features.each(), new Drawn(seed));
  }

  /** Uniform permutations. */
  public record Drawn(long seed) implements Orders {
    @Override
    public int[] of(int feature, int n) {
      return Philox.permutation(seed, 0, feature, n);
    }

    @Override
    public String toString() {
      return "seed " + seed;
    }
  }

  @Override
  public String name() {
    return "FeaturePermutation";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("features", features.toString(), "orders", orders.toString());
  }

  @Override
  public Attribution explain(Question q) {
    int n = q.size();
    float[] x = q.x().toFloats();
    int size = x.length / Math.max(n, 1);
    Tensor first = q.x().rows(0, 1);
    Partition p = features.of(first.reshape(first.shape().without(0)));
    int[][] elements = p.elements();
    int[][] lenders = new int[p.count()][];
    for (int i = 0; i < lenders.length; i++) {
      lenders[i] = orders.of(i, n);
    }
    float[] f = q.explained();
    float[] swapped =
        q.explained(
            new Copies() {
              @Override
              public int count() {
                return Math.multiplyExact(n, lenders.length);
              }

              @Override
              public int row(int c) {
                return c / lenders.length;
              }

              @Override
              public void write(int c, float[] into, int at) {
                int i = c % lenders.length;
                System.arraycopy(x, row(c) * size, into, at, size);
                for (int e : elements[i]) {
                  into[at + e] = x[lenders[i][row(c)] * size + e];
                }
              }
            });
    Tensor values = new Memory("feature permutation").floats(q.x().shape());
    for (int r = 0; r < n; r++) {
      double[] drops = new double[lenders.length];
      for (int i = 0; i < drops.length; i++) {
        drops[i] = (double) f[r] - swapped[r * drops.length + i];
      }
      values.rows(r, r + 1).set(p.spread(drops));
    }
    return q.answer(this, values, f, null, null);
  }
}
