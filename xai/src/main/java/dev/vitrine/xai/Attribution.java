package dev.vitrine.xai;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An explanation of a batch.
 *
 * @param values what each element of a place contributed, [n, …]
 * @param classes which number of each row was explained
 * @param outputs the explained number of each row
 * @param convergence how far a complete method is from completeness; null where completeness is not
 *     promised
 * @param standardError of each value, for methods that sample and were asked for it
 * @param ledger what came and went at each node, for rule methods that were asked for it
 * @param figures what else the method reports, by name: a number for each row
 * @param provenance how to get it again
 */
public record Attribution(
    Tensor values,
    int[] classes,
    float[] outputs,
    @Nullable Convergence convergence,
    @Nullable Tensor standardError,
    @Nullable Ledger ledger,
    Map<String, float[]> figures,
    Provenance provenance) {

  /**
   * Completeness says Σ attributions = f(x) − f(baseline).
   *
   * @param gap the left side minus the right side, per row
   * @param steps points on the path, passes or samples that each row took
   * @param converged whether each row reached the tolerance that was asked for
   * @param error an estimate of Σ |attribution − its limit| per row; null where there is none
   */
  public record Convergence(
      float[] gap, int[] steps, boolean[] converged, float @Nullable [] error) {

    /** Of values that should add up to {@code totals}, computed with the same steps for all. */
    public static Convergence of(Tensor values, float[] totals, int steps) {
      int n = totals.length;
      float[] gap = new float[n];
      int[] taken = new int[n];
      boolean[] converged = new boolean[n];
      Arrays.fill(taken, steps);
      Arrays.fill(converged, true);
      for (int r = 0; r < n; r++) {
        gap[r] = (float) (sum(values.rows(r, r + 1)) - totals[r]);
      }
      return new Convergence(gap, taken, converged, null);
    }

    /** The largest |gap|. */
    public float worst() {
      float worst = 0;
      for (float g : gap) {
        worst = Math.max(worst, Math.abs(g));
      }
      return worst;
    }
  }

  /** Σ of all elements, in double. */
  public static double sum(Tensor values) {
    double sum = 0;
    for (long i = 0; i < values.size(); i++) {
      sum += values.at(i);
    }
    return sum;
  }

  /** The attribution of one row, a view without the batch axis. */
  public Tensor row(int i) {
    return values.rows(i, i + 1).reshape(values.shape().without(0));
  }

  /** SHA-256 of the values. */
  public String hash() {
    return TensorHash.of(values);
  }

  /** One or two lines for people. */
  public String summary() {
    var text = new StringBuilder();
    text.append(provenance.method()).append(' ').append(provenance.settings());
    text.append(" of ").append(classes.length).append(" rows, ").append(provenance.target());
    if (convergence != null) {
      int missed = 0;
      int most = 0;
      for (int i = 0; i < classes.length; i++) {
        missed += convergence.converged()[i] ? 0 : 1;
        most = Math.max(most, convergence.steps()[i]);
      }
      text.append(
          String.format(
              Locale.ROOT,
              "%nworst completeness gap %.3g, at most %d %s%s",
              convergence.worst(),
              most,
              most == 1 ? "step" : "steps",
              missed == 0 ? "" : ", " + missed + " rows missed the tolerance"));
    }
    return text.toString();
  }
}
