package dev.vitrine.nn.optim;

import dev.vitrine.autodiff.Op;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

/**
 * w −= rate·g'/(√v + ε), v = α·v + (1 − α)·g'², g' = g + decay·w. Tieleman and Hinton 2012.
 *
 * <p>{@code centered}: v − mean² under the root, mean = α·mean + (1 − α)·g' (Graves 2013). With
 * momentum the quotient q goes through b = momentum·b + q, w −= rate·b.
 */
public record RmsProp(
    float rate, float alpha, float epsilon, float momentum, boolean centered, float weightDecay)
    implements Optimizer {
  public RmsProp {
    Ranges.notNegative("rate", rate);
    Ranges.share("alpha", alpha);
    Ranges.notNegative("epsilon", epsilon);
    Ranges.notNegative("momentum", momentum);
    Ranges.notNegative("weight decay", weightDecay);
  }

  @Override
  public List<String> state() {
    var names = new ArrayList<String>(3);
    names.add("square_avg");
    if (centered) {
      names.add("grad_avg");
    }
    if (momentum != 0) {
      names.add("momentum_buffer");
    }
    return names;
  }

  @Override
  public Op step() {
    var constants = new Kernels.RmsProp(alpha, epsilon, momentum, weightDecay);
    return new Moving(constants, centered);
  }

  @Override
  public void rates(int step, double rate, Tensor into) {
    into.put(0, (float) rate);
    into.put(1, 0);
    into.put(2, 0);
  }

  private record Moving(Kernels.RmsProp constants, boolean centered) implements StepOp {
    @Override
    public void forward(Kernels k, Tensor[] in, Tensor[] out) {
      boolean momentum = constants.momentum() != 0;
      int last = in.length - 1; // the rates, behind the state
      k.rmsprop(
          constants,
          in[0],
          in[1],
          in[2],
          centered ? in[3] : null,
          momentum ? in[last - 1] : null,
          in[last],
          out[0],
          out[1],
          centered ? out[2] : null,
          momentum ? out[last - 2] : null);
    }
  }
}
