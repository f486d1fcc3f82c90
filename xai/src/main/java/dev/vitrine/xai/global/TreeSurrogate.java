package dev.vitrine.xai.global;

import dev.vitrine.nn.metric.Accuracy;
import dev.vitrine.nn.metric.Predictions;
import dev.vitrine.nn.metric.Regression;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Arrays;

/**
 * A small decision tree that says about the same as the predictor (Craven and Shavlik 1996): of a
 * number by variance, of the predicted class by Gini impurity.
 *
 * @param tree what a person reads, see {@link Tree#text}
 * @param fidelity how well it imitates the predictor on the data that it was grown on: R² of a
 *     number, the share of equal classes
 */
public record TreeSurrogate(Tree tree, double fidelity) {

  /**
   * Imitates the explained number of rows {@code x} [n, …].
   *
   * @param depth splits on the longest way at most
   * @param leastRows each leaf has at least so many
   */
  public static TreeSurrogate ofNumber(
      Subject subject, Tensor x, Target target, int depth, int leastRows) {
    double[] f = LinearSurrogate.explained(subject, x, target);
    double[][] targets = Arrays.stream(f).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    Tree tree = Cart.grow(Rows.of(x), targets, depth, leastRows);
    var grown = new TreeSurrogate(tree, Double.NaN);
    return new TreeSurrogate(tree, Regression.r2(grown.numbers(x), f));
  }

  /**
   * Imitates the predicted class of rows {@code x} [n, …]: the largest output; of one output,
   * whether it is above 0.
   */
  public static TreeSurrogate ofClass(Subject subject, Tensor x, int depth, int leastRows) {
    Tensor outputs = subject.outputs(x);
    int[] predicted = Predictions.of(outputs);
    double[][] targets = new double[predicted.length][Math.max(2, outputs.shape().dim(1))];
    for (int r = 0; r < predicted.length; r++) {
      targets[r][predicted[r]] = 1;
    }
    Tree tree = Cart.grow(Rows.of(x), targets, depth, leastRows);
    var grown = new TreeSurrogate(tree, Double.NaN);
    return new TreeSurrogate(tree, Accuracy.of(grown.classes(x), predicted));
  }

  /** What it says of rows [n, …]: of a class, the share of class 0. */
  public double[] numbers(Tensor x) {
    Rows rows = Rows.of(x);
    double[] y = new double[rows.count()];
    Arrays.setAll(y, r -> tree.leaf(rows.values(), r * rows.width()).value()[0]);
    return y;
  }

  /** The class that most rows of each row's leaf had, the first of equals. */
  public int[] classes(Tensor x) {
    Rows rows = Rows.of(x);
    int[] y = new int[rows.count()];
    Arrays.setAll(y, r -> largest(tree.leaf(rows.values(), r * rows.width()).value()));
    return y;
  }

  private static int largest(double[] shares) {
    int best = 0;
    for (int c = 1; c < shares.length; c++) {
      best = shares[c] > shares[best] ? c : best;
    }
    return best;
  }

  /** R² of a tree of numbers on other rows. */
  public double fidelity(Subject subject, Tensor x, Target target) {
    return Regression.r2(numbers(x), LinearSurrogate.explained(subject, x, target));
  }

  /** The share of other rows that a tree of classes gives the predictor's class. */
  public double agreement(Subject subject, Tensor x) {
    return Accuracy.of(classes(x), Predictions.of(subject.outputs(x)));
  }
}
