package dev.vitrine.bench.run;

import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import java.util.List;
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

  private static final String CNN =
      "conv2d(1, 32, 3) relu maxPool2d(2) conv2d(32, 64, 3) relu maxPool2d(2)"
          + " flatten linear(1600, 128) relu dropout(0.5) linear(128, 10)";

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

  /** The standard workloads. */
  public static final List<Workload> STANDARD =
      List.of(
          new Workload(
              "digits-mlp",
              "digits",
              "linear(64, 32) relu linear(32, 10)",
              Optimizer.sgd(0.05f, 0.9f),
              32,
              30,
              new Reference(0.9373, 0.0035, 20)),
          new Workload(
              "mnist-mlp",
              "mnist",
              "flatten linear(784, 128) relu linear(128, 64) relu linear(64, 10)",
              Optimizer.sgd(0.01f, 0.9f),
              64,
              10,
              new Reference(0.9770, 0.0010, 3)),
          new Workload(
              "mnist-cnn",
              "mnist",
              CNN,
              Optimizer.adam(1e-3f),
              128,
              2,
              new Reference(0.9847, 0.0012, 3)),
          new Workload(
              "table-mlp",
              "breast-cancer",
              "linear(10, 64) relu linear(64, 64) relu linear(64, 1)",
              Optimizer.adam(1e-3f),
              32,
              50,
              new Reference(0.9231, 0.0100, 20)));

  /** The standard workload of this name. */
  public static Workload named(String name) {
    return STANDARD.stream()
        .filter(w -> w.name.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no workload is called \"%s\"; there are %s".formatted(name, names())));
  }

  /** What the standard workloads are called. */
  public static List<String> names() {
    return STANDARD.stream().map(Workload::name).toList();
  }

  /** The same on other data. */
  public Workload on(String otherData) {
    return new Workload(name, otherData, model, optimizer, batch, epochs, null);
  }

  /** Logistic loss for a single output, else cross-entropy. */
  public static Loss loss(int outputs) {
    return outputs == 1 ? Loss.bceWithLogits() : Loss.crossEntropy();
  }
}
