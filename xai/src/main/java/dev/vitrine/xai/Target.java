package dev.vitrine.xai;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Which number is explained: one output per row, as it is or seen as a probability.
 *
 * @param classes which output of each row: one for all rows, one per row, or null = the largest one
 * @param scale how that output is seen
 */
public record Target(int @Nullable [] classes, Scale scale) {
  /** How outputs, taken as logits, are seen. */
  public enum Scale {
    /** The output itself. */
    LOGIT,
    /** softmax of the outputs. */
    PROBABILITY,
    /** ln softmax of the outputs. */
    LOG_PROBABILITY
  }

  /** The class that the model predicts for each row. */
  public static Target predicted() {
    return new Target(null, Scale.LOGIT);
  }

  /** One class for all rows, or one per row. */
  public static Target of(int... classes) {
    return new Target(classes.clone(), Scale.LOGIT);
  }

  /** The softmax probability of the same classes. */
  public Target probability() {
    return new Target(classes, Scale.PROBABILITY);
  }

  /** The logarithm of the softmax probability of the same classes. */
  public Target logProbability() {
    return new Target(classes, Scale.LOG_PROBABILITY);
  }

  /** The class of each row of {@code outputs} [n, classes]; refuses classes that do not exist. */
  public int[] resolve(Tensor outputs) {
    int n = outputs.shape().dim(0);
    int width = Math.toIntExact(outputs.size() / Math.max(n, 1));
    if (classes != null) {
      return given(classes, n, width);
    }
    int[] chosen = new int[n];
    for (int r = 0; r < n; r++) {
      chosen[r] = largest(outputs, r, width);
    }
    return chosen;
  }

  /** The class of each row of {@code x}; the network runs only if it has to predict them. */
  public int[] resolve(Subject subject, Tensor x) {
    if (classes == null) {
      return resolve(subject.outputs(x));
    }
    Shape y = subject.outputShape(x.shape());
    int n = y.dim(0);
    return given(classes, n, Math.toIntExact(y.size() / Math.max(n, 1)));
  }

  private static int[] given(int[] classes, int n, int width) {
    if (classes.length != 1 && classes.length != n) {
      throw new IllegalArgumentException(
          "target: %d classes given for %d rows; give one, or one per row"
              .formatted(classes.length, n));
    }
    int[] chosen = new int[n];
    for (int r = 0; r < n; r++) {
      chosen[r] = classes[classes.length == 1 ? 0 : r];
      if (chosen[r] < 0 || chosen[r] >= width) {
        throw new IllegalArgumentException(
            "target: class %d of row %d; the model has outputs 0 to %d"
                .formatted(chosen[r], r, width - 1));
      }
    }
    return chosen;
  }

  private static int largest(Tensor outputs, int row, int width) {
    int best = 0;
    for (int j = 1; j < width; j++) {
      if (outputs.at((long) row * width + j) > outputs.at((long) row * width + best)) {
        best = j;
      }
    }
    return best;
  }

  /** The explained number of each row, [n], from outputs [n, classes] and classes [n]. */
  public Var of(Var outputs, Var classes) {
    Var seen =
        switch (scale) {
          case LOGIT -> outputs;
          case PROBABILITY -> outputs.softmax();
          case LOG_PROBABILITY -> outputs.logSoftmax();
        };
    return seen.pick(classes);
  }

  @Override
  public String toString() {
    String what = scale.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    if (classes == null) {
      return what + " of the predicted class";
    }
    return classes.length == 1 ? what + " of class " + classes[0] : what + " of given classes";
  }
}
