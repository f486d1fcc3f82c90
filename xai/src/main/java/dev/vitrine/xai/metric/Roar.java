package dev.vitrine.xai.metric;

import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.List;

/**
 * ROAR, remove and retrain: the accuracy of models that are trained and tested without the share p
 * of the elements that matter most in each row (Hooker et al. 2019, section 3). What is removed
 * becomes the mean of the training data, of its channel in images, of its column in tables. A good
 * method leaves models that learn little: low is good. {@link #keep} keeps that share and removes
 * the rest (KAR): high is good.
 *
 * @param fractions p, rounded down to whole elements, at least 1
 * @param keeps whether the share is kept
 */
public record Roar(List<Double> fractions, boolean keeps) {
  public Roar {
    fractions = Fractions.checked(fractions);
  }

  /** Trains a new model on one data set and gives its accuracy on the other. */
  @FunctionalInterface
  public interface Retraining {
    double accuracy(Dataset train, Dataset test);
  }

  /** Remove. */
  public static Roar remove(Double... fractions) {
    return new Roar(List.of(fractions), false);
  }

  /** Keep. */
  public static Roar keep(Double... fractions) {
    return new Roar(List.of(fractions), true);
  }

  /**
   * The accuracy for each fraction. Data sets and attributions are not changed; the data sets that
   * {@code retraining} gets live until it returns.
   *
   * @param trainMaps attributions of the training rows, in the shape of its inputs
   * @param testMaps of the test rows
   */
  public double[] of(
      Dataset train, Tensor trainMaps, Dataset test, Tensor testMaps, Retraining retraining) {
    check(train, trainMaps);
    check(test, testMaps);
    float[] means = means(train.inputs());
    double[] accuracies = new double[fractions.size()];
    for (int k = 0; k < accuracies.length; k++) {
      try (var memory = new Memory("roar")) {
        Dataset less = without(train, trainMaps, fractions.get(k), means, memory);
        Dataset tested = without(test, testMaps, fractions.get(k), means, memory);
        accuracies[k] = retraining.accuracy(less, tested);
      }
    }
    return accuracies;
  }

  private static void check(Dataset data, Tensor maps) {
    if (!maps.shape().equals(data.inputs().shape())) {
      throw new IllegalArgumentException(
          "attributions %s for \"%s\" with inputs %s: each element needs its own"
              .formatted(maps.shape(), data.name(), data.inputs().shape()));
    }
  }

  /** Of each channel, or each column. */
  private static float[] means(Tensor inputs) {
    Shape s = inputs.shape();
    float[] x = inputs.toFloats();
    double[] sums = new double[s.dim(s.rank() - 1)];
    for (int i = 0; i < x.length; i++) {
      sums[i % sums.length] += x[i];
    }
    float[] means = new float[sums.length];
    for (int c = 0; c < means.length; c++) {
      means[c] = (float) (sums[c] / (x.length / sums.length));
    }
    return means;
  }

  private Dataset without(
      Dataset data, Tensor maps, double fraction, float[] means, Memory memory) {
    Tensor inputs = memory.floats(data.inputs().shape());
    float[][] rows = Maps.rows(data.inputs());
    double[][] scores = Maps.of(maps);
    for (int r = 0; r < rows.length; r++) {
      int[] order = Order.MOST_RELEVANT_FIRST.of(scores[r]);
      int k = Fractions.count(fraction, order.length);
      for (int i = keeps ? k : 0; i < (keeps ? order.length : k); i++) {
        rows[r][order[i]] = means[order[i] % means.length];
      }
      inputs.rows(r, r + 1).set(rows[r]);
    }
    return data.targets().dtype() == DType.INT32
        ? Dataset.labelled(data.name(), inputs, data.targets(), data.classes(), data.features())
        : Dataset.valued(data.name(), inputs, data.targets(), data.features());
  }
}
