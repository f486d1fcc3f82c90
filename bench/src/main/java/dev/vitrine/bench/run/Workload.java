package dev.vitrine.bench.run;

import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import org.jspecify.annotations.Nullable;

/**
 * What is trained, and how.
 *
 * @param name how the command line calls it
 * @param data a name that {@link DataSets} knows
 * @param model specification of the layers
 * @param optimizer how weights follow gradients
 * @param batch rows per step
 * @param epochs passes over the training rows
 * @param reference accuracies that PyTorch reaches with the same settings; null where nobody
 *     measured
 */
public record Workload(
    String name,
    String data,
    String model,
    Optimizer optimizer,
    int batch,
    int epochs,
    @Nullable Reference reference) {

  public Workload {
    refuseNone("batch", batch);
    refuseNone("epochs", epochs);
  }

  private static void refuseNone(String what, int given) {
    if (given < 1) {
      throw new IllegalArgumentException("--%s %d: at least 1 is needed".formatted(what, given));
    }
  }

  /** Mean and standard deviation of the test accuracy over some seeds. */
  public record Reference(double mean, double deviation, int seeds) {}

  /** The small network of the quickstart. */
  public static final Workload QUICKSTART =
      new Workload(
          "quickstart",
          "drawn",
          "conv2d(1, 16, 3) relu maxPool2d(2) conv2d(16, 32, 3) relu maxPool2d(2)"
              + " flatten linear(800, 64) relu linear(64, 10)",
          Optimizer.adam(2e-3f),
          64,
          4,
          null);

  /** The same on other data. */
  public Workload on(String otherData) {
    return new Workload(name, otherData, model, optimizer, batch, epochs, null);
  }

  /** Logistic loss for a single output, else cross-entropy. */
  public static Loss loss(int outputs) {
    return outputs == 1 ? Loss.bceWithLogits() : Loss.crossEntropy();
  }
}
