package dev.vitrine.nn.train;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Update;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Parameter;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.GradientClip;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Forward, loss, backward and update for one batch size, compiled into one program: rows in, new
 * weights in place, loss out.
 */
final class TrainingStep implements AutoCloseable {
  private final Tape tape;
  private final Update update;
  private final Optimizer optimizer;
  private final Device device;
  private final Tensor rows;
  private final Tensor x;
  private final Tensor y;
  private final Tensor rates;
  private final Tensor clock;
  private final Tensor loss;

  /** What a step is made of. */
  record Recipe(
      Model model,
      Loss loss,
      @Nullable Penalty penalty,
      Optimizer optimizer,
      GradientClip clip,
      Map<String, Tensor> state,
      long seed,
      Device device) {}

  TrainingStep(Recipe r, Dataset data, int batch) {
    device = r.device;
    tape = Tape.recording(device);
    rows = Tensor.of(Shape.of(batch), new int[batch]);
    optimizer = r.optimizer;
    Var in = tape.input("x", data.inputs().shape().with(0, batch));
    Var target = tape.input("y", data.targets().dtype(), data.targets().shape().with(0, batch));
    var mode = new Mode.Training(r.seed);
    Var outputs = r.model.record(in, mode);
    Var value = r.loss.of(outputs, target);
    if (r.penalty != null) {
      value = value.add(scalar(r.penalty.of(in, outputs, target)));
    }
    var assignments = new java.util.LinkedHashMap<Var, Var>(mode.assignments());

    List<Parameter> trained = r.model.parameters().stream().filter(Parameter::isTrained).toList();
    List<Var> weights = trained.stream().map(p -> p.on(in)).toList();
    Flow flow = tape.gradients(value, weights);
    var gradients = new ArrayList<Var>();
    for (Var w : weights) {
      Var g = flow.at(w);
      gradients.add(g == null ? w.zeros() : g);
    }
    List<Var> clipped = r.clip.of(gradients);
    Var rate = tape.input("rates", Optimizer.RATES);
    for (int i = 0; i < weights.size(); i++) {
      Parameter p = trained.get(i);
      Var w = weights.get(i);
      Var g = clipped.get(i);
      List<Var> state =
          optimizer.state().stream().map(s -> leaf(r.state, p.name() + "." + s)).toList();
      assignments.putAll(tape.scope(p.name(), () -> optimizer.record(w, g, state, rate)));
    }
    Var time = tape.clock();
    update = Update.compile(List.of(value), assignments);
    x = update.tensor(in);
    y = update.tensor(target);
    rates = update.tensor(rate);
    clock = update.tensor(time);
    loss = update.tensor(value);
  }

  private static Var scalar(Var penalty) {
    if (penalty.shape().rank() > 0) {
      throw new IllegalArgumentException(
          "the penalty has shape %s, a scalar is needed; end it with total() or average()"
              .formatted(penalty.shape()));
    }
    return penalty;
  }

  private Var leaf(Map<String, Tensor> state, String name) {
    Tensor t = state.get(name);
    if (t == null) {
      throw new IllegalStateException("the optimiser has no state \"" + name + "\"");
    }
    return tape.parameter(name, t);
  }

  /**
   * Runs step number {@code number} (from 1) on rows {@code order[from]} …; gives the loss before
   * it.
   */
  float run(Dataset data, int[] order, int from, int to, int number, double rate) {
    if (device.isRemote()) {
      data.gather(device, rows.set(Arrays.copyOfRange(order, from, to)), x, y);
    } else {
      data.gather(order, from, to, x, y);
    }
    optimizer.rates(number, rate, rates);
    clock.putInt(0, number);
    update.run();
    return loss.item();
  }

  @Override
  public void close() {
    update.close();
    tape.close();
  }

  @Override
  public String toString() {
    return update.toString();
  }
}
