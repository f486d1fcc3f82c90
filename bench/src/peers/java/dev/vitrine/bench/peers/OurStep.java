package dev.vitrine.bench.peers;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Update;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Parameter;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A training step compiled into one program. */
final class OurStep implements Operation {
  private final Memory memory = new Memory("training");
  private final Model model;
  private final Optimizer optimizer;
  private final Tape tape;
  private final Update update;
  private final Var x;
  private final Var y;
  private final Tensor rates;
  private final Tensor clock;
  private final Tensor loss;
  private final List<Tensor> inputs;
  private final List<Tensor> targets;
  private int step;

  OurStep(Model model, Workload w, List<Batch> batches, Device device) {
    this.model = model;
    Network network = w.network();
    optimizer =
        network.usesAdam() ? Optimizer.adam(Network.ADAM_RATE) : Optimizer.sgd(Network.SGD_RATE);
    Loss measure = network.isBinary() ? Loss.bceWithLogits() : Loss.crossEntropy();
    inputs = Ours.inputs(w, batches);
    Shape labels = Shape.of(w.batch());
    targets = batches.stream().map(b -> memory.ints(labels, b.labels())).toList();

    tape = Tape.recording(device);
    x = tape.input("x", Ours.shape(w));
    y = tape.input("y", DType.INT32, labels);
    var mode = new Mode.Training(1);
    Var value = measure.of(model.record(x, mode), y);
    List<Var> weights = model.parameters().stream().map(p -> p.on(x)).toList();
    Flow gradients = tape.gradients(value, weights);
    Var rate = tape.input("rates", Optimizer.RATES);
    Map<Var, Var> assignments = new LinkedHashMap<>(mode.assignments());
    for (int i = 0; i < weights.size(); i++) {
      Var weight = weights.get(i);
      Var gradient = Objects.requireNonNull(gradients.at(weight));
      List<Var> state = state(model.parameters().get(i));
      assignments.putAll(optimizer.record(weight, gradient, state, rate));
    }
    Var time = tape.clock();
    update = Update.compile(List.of(value), assignments);
    rates = update.tensor(rate);
    clock = update.tensor(time);
    loss = update.tensor(value);
  }

  private List<Var> state(Parameter p) {
    return optimizer.state().stream()
        .map(s -> tape.parameter(p.name() + "." + s, memory.floats(p.shape())))
        .toList();
  }

  @Override
  public void run() {
    update.bind(x, inputs.get(step % Batch.COUNT));
    update.bind(y, targets.get(step % Batch.COUNT));
    step++;
    optimizer.rates(step, optimizer.rate(), rates);
    clock.putInt(0, step);
    update.run();
  }

  @Override
  public double loss() {
    run();
    return loss.item();
  }

  @Override
  public void close() {
    update.close();
    tape.close();
    model.close();
    memory.close();
  }
}
