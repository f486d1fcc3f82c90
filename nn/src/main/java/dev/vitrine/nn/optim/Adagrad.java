package dev.vitrine.nn.optim;

import dev.vitrine.autodiff.Op;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;

/** w −= rate·g'/(√v + ε), v += g'², g' = g + decay·w. Duchi, Hazan and Singer 2011. */
public record Adagrad(float rate, float epsilon, float weightDecay) implements Optimizer {
  public Adagrad {
    Ranges.notNegative("rate", rate);
    Ranges.notNegative("epsilon", epsilon);
    Ranges.notNegative("weight decay", weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("sum");
  }

  @Override
  public Op step() {
    return new Summing(new Kernels.Adagrad(epsilon, weightDecay));
  }

  @Override
  public void rates(int step, double rate, Tensor into) {
    into.put(0, (float) rate);
    into.put(1, 0);
    into.put(2, 0);
  }

  private record Summing(Kernels.Adagrad constants) implements StepOp {
    @Override
    public void forward(Kernels k, Tensor[] in, Tensor[] out) {
      k.adagrad(constants, in[0], in[1], in[2], in[3], out[0], out[1]);
    }
  }
}
