package dev.vitrine.xai.train;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.train.Penalty;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.Saliency;

/**
 * λ/n·Σ (m ⊙ a)² over n rows, a being their attribution and m where it should be silent: a model is
 * to be right for the right reasons (Ross, Hughes and Doshi-Velez, IJCAI 2017; they sum over the
 * rows, here λ does not depend on their number).
 *
 * <p>The attribution is that of the very outputs that the loss reads. It is differentiated once
 * more on the way to the weights, so one with kinks of its own (|·|, a stabilised quotient) has
 * them in the gradient too.
 *
 * @param lambda λ, at least 0
 * @param mask m, in the shape of the attribution of one row
 * @param explanation a; one that reads a baseline is refused
 * @param quantity what is explained: of its numbers the one of each row's label
 */
public record RightReasons(
    float lambda, Tensor mask, Expression explanation, Target.Quantity quantity)
    implements Penalty {

  /** Σ_k ln p_k, whatever the label: a class that is not predicted must not be denied either. */
  public static final Target.Quantity LOG_PROBABILITIES =
      r -> {
        Var logp = r.logits().logSoftmax();
        return logp.sumLast().broadcastLike(logp);
      };

  public RightReasons {
    if (!(lambda >= 0 && lambda < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "right reasons: λ is %s; take a number from 0 on".formatted(lambda));
    }
  }

  /** a = ∂/∂x Σ_k ln p_k, as in the paper. */
  public RightReasons(float lambda, Tensor mask) {
    this(lambda, mask, new Saliency(true), LOG_PROBABILITIES);
  }

  /** Another attribution, of the logit of each row's label. */
  public RightReasons(float lambda, Tensor mask, Expression explanation) {
    this(lambda, mask, explanation, Target.Scale.LOGIT);
  }

  @Override
  public Var of(Var x, Var outputs, Var targets) {
    if (!targets.isInteger() || outputs.shape().rank() != 2 || outputs.shape().dim(1) < 2) {
      throw new IllegalArgumentException(
          "right reasons: outputs of shape %s and targets %s of shape %s; a label per row and an output per class are needed"
              .formatted(
                  outputs.shape(), targets.isInteger() ? "int32" : "float32", targets.shape()));
    }
    return x.tape()
        .scope(
            "rightReasons",
            () -> {
              Var a = explanation.on(Recording.of(x, outputs, quantity, targets));
              if (!a.shape().without(0).equals(mask.shape())) {
                throw new IllegalArgumentException(
                    "right reasons: the mask has shape %s, %s of a row has %s; both must be the same"
                        .formatted(mask.shape(), explanation.name(), a.shape().without(0)));
              }
              Var loud = a.mul(x.tape().constant("mask", mask));
              return loud.square().total().over(x.shape().dim(0)).scale(lambda);
            });
  }
}
