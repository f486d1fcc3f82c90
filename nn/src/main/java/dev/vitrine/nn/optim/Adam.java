package dev.vitrine.nn.optim;

import dev.vitrine.autodiff.Op;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;

/**
 * w −= rate·(m/(1 − β₁ᵗ))/(√v/√(1 − β₂ᵗ) + ε), m = β₁·m + (1 − β₁)·g', v = β₂·v + (1 − β₂)·g'².
 * Kingma and Ba 2015.
 *
 * <p>Weight decay is part of the gradient, g' = g + decay·w, or {@code decoupled}, w is first
 * multiplied by 1 − rate·decay: AdamW (Loshchilov and Hutter 2019). {@code amsgrad}: the largest v
 * so far instead of v (Reddi et al. 2018).
 */
public record Adam(
    float rate,
    float beta1,
    float beta2,
    float epsilon,
    float weightDecay,
    boolean decoupled,
    boolean amsgrad)
    implements Optimizer {
  public Adam {
    Ranges.notNegative("rate", rate);
    Ranges.share("beta1", beta1);
    Ranges.share("beta2", beta2);
    Ranges.notNegative("epsilon", epsilon);
    Ranges.notNegative("weight decay", weightDecay);
  }

  @Override
  public List<String> state() {
    return amsgrad
        ? List.of("exp_avg", "exp_avg_sq", "max_exp_avg_sq")
        : List.of("exp_avg", "exp_avg_sq");
  }

  @Override
  public Op step() {
    var constants = new Kernels.Adam(beta1, beta2, epsilon, weightDecay, decoupled);
    return amsgrad ? new WithMaximum(constants) : new Plain(constants);
  }

  @Override
  public void rates(int step, double rate, Tensor into) {
    into.put(0, (float) rate);
    into.put(1, (float) oneLessPower(beta1, step));
    into.put(2, (float) Math.sqrt(oneLessPower(beta2, step)));
  }

  /** 1 − βᵗ; StrictMath.pow would allocate. */
  private static double oneLessPower(double beta, int t) {
    return -StrictMath.expm1(t * StrictMath.log(beta));
  }

  private record Plain(Kernels.Adam constants) implements StepOp {
    @Override
    public void forward(Kernels k, Tensor[] in, Tensor[] out) {
      k.adam(constants, in[0], in[1], in[2], in[3], null, in[4], out[0], out[1], out[2], null);
    }
  }

  private record WithMaximum(Kernels.Adam constants) implements StepOp {
    @Override
    public void forward(Kernels k, Tensor[] in, Tensor[] out) {
      k.adam(constants, in[0], in[1], in[2], in[3], in[4], in[5], out[0], out[1], out[2], out[3]);
    }
  }
}
