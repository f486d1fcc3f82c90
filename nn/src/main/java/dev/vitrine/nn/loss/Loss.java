package dev.vitrine.nn.loss;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;

/**
 * What training makes smaller: a scalar from a batch of outputs and their targets. Means over the
 * batch, so that the learning rate does not depend on its size.
 *
 * <p>{@link Losses} has the formulas and more choices; any lambda over them is a loss too.
 */
@FunctionalInterface
public interface Loss {
  Var of(Var output, Var target);

  /**
   * {@link Losses#crossEntropy(Var, Var)} of logits [n, C] against labels, int [n], or
   * probabilities [n, C].
   */
  static Loss crossEntropy() {
    return Losses::crossEntropy;
  }

  /** As {@link #crossEntropy()} with label smoothing, 0 to 1. */
  static Loss crossEntropy(float smoothing) {
    return (y, t) -> Losses.crossEntropy(y, t, smoothing, null, Reduction.MEAN);
  }

  /** As {@link #crossEntropy(float)} with a weight for each class. */
  static Loss crossEntropy(float smoothing, float... classWeights) {
    Tensor w = Tensor.of(Shape.of(classWeights.length), classWeights);
    return (y, t) ->
        Losses.crossEntropy(y, t, smoothing, y.tape().constant("class weights", w), Reduction.MEAN);
  }

  /** {@link Losses#bce(Var, Var)} of probabilities against numbers 0 to 1, or labels 0 and 1. */
  static Loss bce() {
    return (y, t) -> Losses.bce(y, yes(y, t));
  }

  /** {@link Losses#bceWithLogits(Var, Var)} of logits against numbers 0 to 1, or labels 0 and 1. */
  static Loss bceWithLogits() {
    return (y, t) -> Losses.bceWithLogits(y, yes(y, t));
  }

  /** {@link Losses#mse(Var, Var)}. */
  static Loss mse() {
    return Losses::mse;
  }

  /** {@link Losses#l1(Var, Var)}. */
  static Loss l1() {
    return Losses::l1;
  }

  /** {@link Losses#huber(Var, Var, float)}. */
  static Loss huber(float delta) {
    return (y, t) -> Losses.huber(y, t, delta);
  }

  /** Labels 0 and 1, int [n], as numbers in the shape of the output. */
  private static Var yes(Var output, Var target) {
    if (!target.isInteger()) {
      return target;
    }
    if (output.shape().size() != target.shape().size()) {
      throw new IllegalArgumentException(
          "labels %s answer one question per row, the output has shape %s; give it one column"
              .formatted(target.shape(), output.shape()));
    }
    Var numbers = target.tape().constant("no and yes", Tensor.of(Shape.of(2), 0, 1));
    return numbers.indexSelect(0, target).reshapeLike(output);
  }
}
