package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.RuleSet;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Update;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Full-batch steps of an optimiser: as one compiled update, and eagerly, which must give the same
 * bits.
 */
final class Training {
  private final Trial trial;
  private final Optimizer optimizer;
  private final Json args;
  private final int steps;

  Training(Trial trial, Optimizer optimizer) throws IOException {
    this.trial = trial;
    this.optimizer = optimizer;
    this.args = trial.golden().args();
    this.steps = args.integer("steps");
  }

  /** {@code loss} before each step, {@code steps.<node>.<parameter>} after each step. */
  void run() throws IOException {
    Map<String, Numbers> compiled = compiled();
    Map<String, Numbers> eager = eager();
    compiled.forEach((name, values) -> {
      Numbers same = eager.get(name);
      if (same == null || !Arrays.equals(values.values(), same.values())) {
        throw new IllegalStateException(name + " has other bits compiled than eager");
      }
      trial.put(name, values);
    });
  }

  /** One step on a tape. */
  private record Step(
      Var loss, Var rates, Map<Var, Var> assignments, GoldenModel.Recording model) {}

  private Map<String, Numbers> compiled() throws IOException {
    try (Memory memory = trial.device().memory("compiled training");
        Tape tape = Tape.recording(trial.device())) {
      Tensor x = x(memory);
      Tensor target = target(memory);
      var batch = List.of(tape.input("x", x), tape.input("target", target));
      Tensor rates = memory.floats(Optimizer.RATES);
      Step step = record(batch, tape.input("rates", rates), model(memory), new HashMap<>(), memory);
      try (Update update = Update.compile(List.of(step.loss()), step.assignments())) {
        update.tensor(batch.getFirst()).set(x);
        update.tensor(batch.getLast()).set(target);
        var history = new History(steps);
        for (int k = 0; k < steps; k++) {
          optimizer.rates(k + 1, optimizer.rate(), update.tensor(step.rates()));
          update.run();
          history.add(k, update.tensor(step.loss()), step.model());
        }
        return history.results();
      }
    }
  }

  private Map<String, Numbers> eager() throws IOException {
    try (Memory memory = trial.device().memory("eager training")) {
      Tensor x = x(memory);
      Tensor target = target(memory);
      GoldenModel model = model(memory);
      Map<String, List<Tensor>> state = new HashMap<>();
      Tensor rates = memory.floats(Optimizer.RATES);
      var history = new History(steps);
      for (int k = 0; k < steps; k++) {
        optimizer.rates(k + 1, optimizer.rate(), rates);
        try (Tape tape = Tape.eager(trial.device())) {
          var batch = List.of(tape.input("x", x), tape.input("target", target));
          Step step = record(batch, tape.input("rates", rates), model, state, memory);
          step.assignments().forEach((leaf, value) -> leaf.value().set(value.value()));
          history.add(k, step.loss().value(), step.model());
        }
      }
      return history.results();
    }
  }

  /** Forward, loss, gradients, a step of the optimiser; {@code state} is made at the first one. */
  private Step record(
      List<Var> batch, Var rates, GoldenModel model, Map<String, List<Tensor>> state, Memory memory)
      throws IOException {
    Tape tape = rates.tape();
    var recording = model.record(batch.getFirst());
    Var loss = LossCases.of(args, recording.output(), batch.getLast());
    Flow flow = tape.backward(loss, loss.ones(), recording.leaves(), RuleSet.GRADIENT);
    Map<Var, Var> assignments = new LinkedHashMap<>();
    recording
        .parameters()
        .forEach((name, p) -> {
          Var w = p.value();
          Var g = flow.at(w);
          List<Tensor> own = state.computeIfAbsent(name, n -> zeros(w.shape(), memory));
          var leaves = new ArrayList<Var>();
          for (int i = 0; i < own.size(); i++) {
            leaves.add(tape.parameter(name + "." + optimizer.state().get(i), own.get(i)));
          }
          assignments.putAll(optimizer.record(w, g == null ? w.zeros() : g, leaves, rates));
        });
    return new Step(loss, rates, assignments, recording);
  }

  private List<Tensor> zeros(Shape shape, Memory memory) {
    return optimizer.state().stream().map(name -> memory.floats(shape)).toList();
  }

  private GoldenModel model(Memory memory) throws IOException {
    return GoldenModel.read(trial.golden(), memory, false);
  }

  private Tensor x(Memory memory) throws IOException {
    return Layout.IMAGE.toEngine(trial.golden().input("x")).tensor(memory);
  }

  private Tensor target(Memory memory) throws IOException {
    return trial.golden().input("target").tensor(memory);
  }

  /** What is looked at in every step, stacked. */
  private static final class History {
    private final int steps;
    private final Map<String, Numbers> results = new LinkedHashMap<>();

    History(int steps) {
      this.steps = steps;
    }

    void add(int step, Tensor loss, GoldenModel.Recording model) {
      put("loss", step, Numbers.of(loss));
      model
          .parameters()
          .forEach((name, p) ->
              put("steps." + name, step, p.layout().toGolden(Numbers.of(p.value().value()))));
    }

    private void put(String name, int step, Numbers value) {
      int size = value.values().length;
      Numbers all =
          results.computeIfAbsent(
              name, n -> Numbers.of(value.shape().insert(0, steps), new double[steps * size]));
      System.arraycopy(value.values(), 0, all.values(), step * size, size);
    }

    Map<String, Numbers> results() {
      return results;
    }
  }
}
