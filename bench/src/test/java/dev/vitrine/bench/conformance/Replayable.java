package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.autodiff.compile.Update;
import dev.vitrine.autodiff.compile.Workspace;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
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

/** A compiled program over {@link Networks#images}, to be run again and again. */
sealed interface Replayable extends AutoCloseable {
  void run();

  @Override
  void close();

  /** What is compiled. */
  enum Kind {
    TRAINING,
    FORWARD,
    GRADIENT;

    Replayable of(Model model, Device device) {
      model.init(7);
      Tape tape = Tape.recording(device);
      Var x = tape.input("x", Networks.images().shape());
      return switch (this) {
        case TRAINING -> Training.of(model, x);
        case FORWARD -> Function.of(x, model.record(x, Mode.EVALUATION));
        case GRADIENT -> Function.of(x, tape.gradient(model.record(x, Mode.EVALUATION), x));
      };
    }
  }

  /** Forward, loss, backward and Adam. */
  final class Training implements Replayable {
    private static final Optimizer ADAM = Optimizer.adam(1e-4f);

    private final Tape tape;
    private final Memory moments;
    private final Update update;
    private final Tensor rates;
    private final Tensor clock;
    private int step;

    private Training(Tape tape, Memory moments, Update update, Tensor rates, Tensor clock) {
      this.tape = tape;
      this.moments = moments;
      this.update = update;
      this.rates = rates;
      this.clock = clock;
    }

    static Training of(Model model, Var x) {
      Tape tape = x.tape();
      Var y = tape.input("y", DType.INT32, Shape.of(Networks.ROWS));
      Var loss = Loss.crossEntropy().of(model.record(x, new Mode.Training(1)), y);
      List<Var> weights = model.parameters().stream().map(p -> p.on(x)).toList();
      Flow flow = tape.gradients(loss, weights);
      Var rates = tape.input("rates", Optimizer.RATES);
      var moments = new Memory("moments");
      Map<Var, Var> assignments = new LinkedHashMap<>();
      for (Var w : weights) {
        Var g = Objects.requireNonNull(flow.at(w));
        List<Var> state =
            ADAM.state().stream().map(s -> tape.parameter(s, moments.floats(w.shape()))).toList();
        assignments.putAll(ADAM.record(w, g, state, rates));
      }
      Var clock = tape.clock();
      Update update = Update.compile(List.of(loss), assignments);
      update.tensor(x).set(Networks.images());
      update.tensor(y).set(Networks.LABELS);
      return new Training(tape, moments, update, update.tensor(rates), update.tensor(clock));
    }

    @Override
    public void run() {
      step++;
      ADAM.rates(step, ADAM.rate(), rates);
      clock.putInt(0, step);
      update.run();
    }

    @Override
    public void close() {
      update.close();
      moments.close();
      tape.close();
    }
  }

  /** Outputs of inputs, in a workspace of its own. */
  record Function(Tape tape, Program program, Workspace workspace) implements Replayable {
    static Function of(Var x, Var y) {
      Program program = Program.compile(List.of(y));
      Workspace workspace = program.workspace();
      workspace.tensor(x).set(Networks.images());
      return new Function(x.tape(), program, workspace);
    }

    @Override
    public void run() {
      program.run(workspace);
    }

    @Override
    public void close() {
      workspace.close();
      program.close();
      tape.close();
    }
  }
}
