package dev.vitrine.nn.optim;

import dev.vitrine.autodiff.Op;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.ArrayList;
import java.util.Collections;
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
    return new Moving(new Kernels.RmsProp(alpha, epsilon, momentum, centered, weightDecay));
  }

  @Override
  public void rates(int step, double rate, Tensor into) {
    into.put(0, (float) rate);
    into.put(1, 0);
    into.put(2, 0);
  }

  /**
   * State that is not kept is read from v, which the kernel then ignores, and written to scratch.
   */
  private record Moving(Kernels.RmsProp constants) implements StepOp {
    @Override
    public void forward(Kernels k, Tensor[] in, Tensor[] out) {
      boolean centered = constants.centered();
      boolean momentum = constants.momentum() != 0;
      int b = centered ? 3 : 2;
      int scratch = in.length - 2;
      Tensor rates = in[in.length - 1];
      Tensor mean1 = centered ? out[2] : out[scratch++];
      k.rmsprop(
          constants,
          in[0],
          in[1],
          in[2],
          centered ? in[3] : in[2],
          momentum ? in[b + 1] : in[2],
          rates,
          out[0],
          out[1],
          mean1,
          momentum ? out[b] : out[scratch]);
    }

    @Override
    public List<Shape> scratch(List<Shape> in) {
      int kept = in.size() - 3;
      return Collections.nCopies(3 - kept, in.getFirst());
    }
  }
}
