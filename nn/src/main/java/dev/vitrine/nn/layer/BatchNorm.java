package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.BatchNormTrain;
import dev.vitrine.nn.Init;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Parameter;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * y = (x − mean)/√(var + ε)·γ + β per channel (last axis), of rows [n, c] or images [n, h, w, c].
 * Ioffe and Szegedy 2015.
 *
 * <p>In training the statistics are the batch's, and running ones follow: r' = (1 − momentum)·r +
 * momentum·batch, the variance divided by one less than the count. Afterwards the running ones are
 * used.
 */
public final class BatchNorm implements Layer {
  private final int channels;
  private final float epsilon;
  private final float momentum;
  private final Parameter weight;
  private final Parameter bias;
  private final Parameter runningMean;
  private final Parameter runningVar;

  BatchNorm(int channels, float epsilon, float momentum) {
    Extents.positive("batchNorm", "channels", channels);
    this.channels = channels;
    this.epsilon = epsilon;
    this.momentum = momentum;
    Shape s = Shape.of(channels);
    this.weight = Parameter.trained("weight", s, Init.ONES);
    this.bias = Parameter.trained("bias", s, Init.ZEROS);
    this.runningMean = Parameter.statistic("running_mean", s, Init.ZEROS);
    this.runningVar = Parameter.statistic("running_var", s, Init.ONES);
  }

  @Override
  public Var forward(Var x, Mode mode) {
    Var gamma = weight.on(x);
    Var beta = bias.on(x);
    return switch (mode) {
      case Mode.Evaluation _ ->
          x.batchNorm(gamma, beta, runningMean.on(x), runningVar.on(x), epsilon);
      case Mode.Training t -> {
        if (x.shape().size() <= channels) {
          throw new IllegalArgumentException(
              "batchNorm: one value per channel has no variance, input %s; use larger batches"
                  .formatted(x.shape()));
        }
        Node n = x.tape().record(new BatchNormTrain(epsilon), x, gamma, beta);
        Var mean = n.out(1);
        Var var = n.out(2);
        // var·count/(count − 1), the count taken from shapes when the program runs
        Var unbiased = var.perCount(x, var, 1).div(var.ones().perCount(x, var));
        follow(t.assignments(), runningMean.on(x), mean);
        follow(t.assignments(), runningVar.on(x), unbiased);
        yield n.out();
      }
    };
  }

  /** A layer that is used twice in one step follows both batches. */
  private void follow(Map<Var, Var> assignments, Var running, Var batch) {
    Var old = assignments.getOrDefault(running, running);
    assignments.put(running, old.scale(1 - momentum).add(batch.scale(momentum)));
  }

  @Override
  public String kind() {
    return "norm";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias, runningMean, runningVar);
  }

  @Override
  public String toString() {
    return new Wording("batchNorm", channels)
        .option("epsilon", epsilon, Layers.EPSILON)
        .option("momentum", momentum, Layers.MOMENTUM)
        .toString();
  }
}
