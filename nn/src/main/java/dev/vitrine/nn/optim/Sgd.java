package dev.vitrine.nn.optim;

import dev.vitrine.autodiff.Op;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;

/**
 * w −= rate·b, or rate·(g' + momentum·b) if nesterov; b = momentum·b + (1 − dampening)·g', first b
 * = g', and g' = g + decay·w. Sutskever et al. 2013, in PyTorch's form: the rate stands outside of
 * the momentum.
 */
public record Sgd(float rate, float momentum, float dampening, boolean nesterov, float weightDecay)
    implements Optimizer {
  public Sgd {
    Ranges.notNegative("rate", rate);
    Ranges.notNegative("momentum", momentum);
    Ranges.notNegative("weight decay", weightDecay);
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          "nesterov needs momentum and no dampening, found momentum %s and dampening %s"
              .formatted(momentum, dampening));
    }
  }

  @Override
  public List<String> state() {
    return momentum == 0 ? List.of() : List.of("momentum_buffer");
  }

  @Override
  public Op step() {
    var constants = new Kernels.Sgd(momentum, dampening, nesterov, weightDecay);
    return momentum == 0 ? new Plain(constants) : new WithMomentum(constants);
  }

  @Override
  public void rates(int step, double rate, Tensor into) {
    into.put(0, (float) rate);
    into.put(1, step > 1 && momentum != 0 ? 1 : 0);
    into.put(2, 0);
  }

  private record WithMomentum(Kernels.Sgd constants) implements StepOp {
    @Override
    public void forward(Kernels k, Tensor[] in, Tensor[] out) {
      k.sgd(constants, in[0], in[1], in[2], in[3], out[0], out[1]);
    }
  }

  private record Plain(Kernels.Sgd constants) implements StepOp {
    @Override
    public void forward(Kernels k, Tensor[] in, Tensor[] out) {
      k.sgd(constants, in[0], in[1], null, in[2], out[0], null);
    }
  }
}
