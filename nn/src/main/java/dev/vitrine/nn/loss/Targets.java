package dev.vitrine.nn.loss;

import dev.vitrine.autodiff.Var;
import org.jspecify.annotations.Nullable;

/**
 * What losses demand of their operands: exactly fitting shapes, because stretching hides mistakes.
 */
final class Targets {
  private Targets() {}

  static Var fitting(Var y, Var target) {
    if (target.isInteger() || !target.shape().equals(y.shape())) {
      throw new IllegalArgumentException(
          "the target must be float numbers in the output's shape %s, it is %s %s"
              .formatted(y.shape(), target.isInteger() ? "int" : "float", target.shape()));
    }
    return target;
  }

  static void perClass(Var y, @Nullable Var weights) {
    if (y.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "one number per row and class [n, C] is needed, the output has shape " + y.shape());
    }
    if (weights != null
        && (weights.shape().rank() != 1 || weights.shape().dim(0) != y.shape().dim(1))) {
      throw new IllegalArgumentException(
          "class weights have shape %s, the output %s needs [%d]"
              .formatted(weights.shape(), y.shape(), y.shape().dim(1)));
    }
  }

  static void labels(Var y, Var labels) {
    if (!labels.isInteger()
        || labels.shape().rank() != 1
        || labels.shape().dim(0) != y.shape().dim(0)) {
      throw new IllegalArgumentException(
          "labels must be int [%d], one for each row of the output %s; they are %s %s"
              .formatted(
                  y.shape().dim(0),
                  y.shape(),
                  labels.isInteger() ? "int" : "float",
                  labels.shape()));
    }
  }
}
