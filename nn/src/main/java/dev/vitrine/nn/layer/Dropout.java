package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Random;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.tensor.kernel.Draw;

/**
 * In training y = x·m, m = 1/(1 − p) with probability 1 − p, else 0; afterwards y = x. Srivastava
 * et al. 2014.
 *
 * <p>The mask depends on the seed, the step on the tape's clock and the row alone.
 */
public record Dropout(float p) implements Layer {
  public Dropout {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          "dropout: p is the share that is dropped, " + p + " given; take one between 0 and 1");
    }
  }

  @Override
  public Var forward(Var x, Mode mode) {
    return switch (mode) {
      case Mode.Evaluation _ -> x;
      case Mode.Training t -> {
        var draw = new Random(Draw.KEEP, t.seed(), x.tape().nextStream(), p);
        yield x.mul(x.tape().record(draw, x, x.tape().clock()).out());
      }
    };
  }

  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  public String toString() {
    return new Wording("dropout", p).toString();
  }
}
