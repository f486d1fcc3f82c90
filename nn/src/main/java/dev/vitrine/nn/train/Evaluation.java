package dev.vitrine.nn.train;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.nn.Inference;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;

/**
 * How good a model is on rows it was not trained on.
 *
 * @param loss the training loss, over all rows at once
 * @param accuracy share of rows whose class was found; a single output says class 1 where it is
 *     above 0. NaN where targets are neither labels nor yes and no
 */
public record Evaluation(double loss, double accuracy) {
  private static final int BATCH = 256;

  public static Evaluation of(Model model, Dataset data, Loss loss, Device device) {
    int batch = Math.clamp(data.size(), 1, BATCH);
    try (var inference = new Inference(model, data.inputs().shape().without(0), batch, device);
        Tape tape = Tape.eager(device)) {
      Tensor outputs = inference.outputs(data.inputs());
      Tensor targets = data.targets();
      double value =
          loss.of(tape.constant("outputs", outputs), tape.constant("targets", targets))
              .value()
              .item();
      return new Evaluation(value, accuracy(outputs, targets));
    }
  }

  private static double accuracy(Tensor outputs, Tensor targets) {
    int n = outputs.shape().dim(0);
    int width = Math.toIntExact(outputs.size() / n);
    if (targets.size() != n) {
      return Double.NaN;
    }
    int right = 0;
    for (int r = 0; r < n; r++) {
      float wanted = targets.dtype() == DType.INT32 ? targets.intAt(r) : targets.at(r);
      if (wanted != Math.rint(wanted) || wanted < 0) {
        return Double.NaN;
      }
      right += predicted(outputs, r, width) == (int) wanted ? 1 : 0;
    }
    return (double) right / n;
  }

  private static int predicted(Tensor outputs, int row, int width) {
    long first = (long) row * width;
    if (width == 1) {
      return outputs.at(first) > 0 ? 1 : 0;
    }
    int best = 0;
    for (int j = 1; j < width; j++) {
      best = outputs.at(first + j) > outputs.at(first + best) ? j : best;
    }
    return best;
  }
}
