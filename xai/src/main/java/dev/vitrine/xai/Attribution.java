package dev.vitrine.xai;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An explanation of a batch.
 *
 * @param values what each input element contributed, in the shape of the input
 * @param classes which output of each row was explained
 * @param outputs the explained number of each row
 * @param convergence how far a complete method is from completeness; null where completeness is not
 *     promised
 * @param provenance how to get it again
 */
public record Attribution(
    Tensor values,
    int[] classes,
    float[] outputs,
    @Nullable Convergence convergence,
    Provenance provenance) {

  /**
   * Completeness says Σ attributions = f(x) − f(baseline).
   *
   * @param gap the left side minus the right side, per row
   * @param steps points on the path that each row took
   * @param converged whether each row reached the tolerance that was asked for
   */
  public record Convergence(float[] gap, int[] steps, boolean[] converged) {
    /** The largest |gap|. */
    public float worst() {
      float worst = 0;
      for (float g : gap) {
        worst = Math.max(worst, Math.abs(g));
      }
      return worst;
    }
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
              "%nworst completeness gap %.3g, at most %d steps%s",
              convergence.worst(),
              most,
              missed == 0 ? "" : ", " + missed + " rows missed the tolerance"));
    }
    return text.toString();
  }
}
