package dev.vitrine.bench.report;

import dev.vitrine.nn.Inference;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;

/**
 * What a model says of labelled rows.
 *
 * @param labels the true class of each row
 * @param said the predicted class of each row
 * @param probability of the predicted class
 * @param scores the probability of each class, [n, classes]
 */
record Answers(int[] labels, int[] said, double[] probability, Tensor scores) {
  private static final int BATCH = 256;

  /** Of all rows. */
  static Answers of(Model model, Dataset rows, Device device) {
    int batch = Math.min(rows.size(), BATCH);
    try (var inference = new Inference(model, rows.inputs().shape().without(0), batch, device)) {
      Tensor outputs = inference.outputs(rows.inputs());
      int n = rows.size();
      int width = Math.toIntExact(outputs.size() / n);
      int classes = Math.max(2, width);
      float[] scores = new float[n * classes];
      int[] labels = new int[n];
      int[] said = new int[n];
      double[] probability = new double[n];
      for (int r = 0; r < n; r++) {
        double[] p = probabilities(outputs, (long) r * width, width);
        int best = 0;
        for (int c = 1; c < p.length; c++) {
          best = p[c] > p[best] ? c : best;
        }
        labels[r] = rows.label(r);
        said[r] = best;
        probability[r] = p[best];
        for (int c = 0; c < classes; c++) {
          scores[r * classes + c] = (float) p[c];
        }
      }
      return new Answers(labels, said, probability, Tensor.of(Shape.of(n, classes), scores));
    }
  }

  /** Softmax; of a single number no and yes by the logistic function. */
  private static double[] probabilities(Tensor outputs, long at, int width) {
    if (width == 1) {
      double yes = 1 / (1 + StrictMath.exp(-outputs.at(at)));
      return new double[] {1 - yes, yes};
    }
    double most = outputs.at(at);
    for (int c = 1; c < width; c++) {
      most = Math.max(most, outputs.at(at + c));
    }
    double[] p = new double[width];
    double sum = 0;
    for (int c = 0; c < width; c++) {
      p[c] = StrictMath.exp(outputs.at(at + c) - most);
      sum += p[c];
    }
    for (int c = 0; c < width; c++) {
      p[c] /= sum;
    }
    return p;
  }
}
