package dev.vitrine.xai.example;

import dev.vitrine.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/**
 * The nearest change of a row that was found to make the network say another class.
 *
 * @param found whether there is one; if not, the row is as it was, and so is its class
 * @param row the changed row, without the batch axis
 * @param columns the elements that changed
 * @param distance Σ_j |Δ_j|/s_j
 * @param before the class of the row as it was
 * @param after the class of the changed row, as the network says of this very row
 * @param lead of the class {@code after}, how much larger its output is than any other; if nothing
 *     was found, the most that a wanted class reached
 * @param steps gradient steps until it was first found, or all that were taken
 */
public record Change(
    boolean found,
    Tensor row,
    List<Integer> columns,
    double distance,
    int before,
    int after,
    double lead,
    int steps) {

  @Override
  public String toString() {
    return found
        ? String.format(
            Locale.ROOT,
            "class %d becomes %d: elements %s change, distance %.4g, lead %.4g",
            before,
            after,
            columns,
            distance,
            lead)
        : String.format(
            Locale.ROOT,
            "class %d stays: no change was found in %d steps, the best lead was %.4g",
            before,
            steps,
            lead);
  }
}
