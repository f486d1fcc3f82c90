package dev.vitrine.nn;

import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Update;
import dev.vitrine.nn.layer.Layers;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.metric.Predictions;
import dev.vitrine.nn.optim.GradientClip;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.optim.Schedule;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A whole training step, written by hand, is one program that learns and allocates nothing. */
class LearningTest {
  private static final float[] CORNERS = {0, 0, 0, 1, 1, 0, 1, 1};
  private static final int[] XOR = {0, 1, 1, 0};

  /** Everything a step needs, compiled. */
  private record Step(
      Memory memory,
      Tape tape,
      Update update,
      Var x,
      Var t,
      Var rates,
      Var loss,
      Optimizer optimizer)
      implements AutoCloseable {

    static Step of(Model model, Loss loss, Optimizer optimizer, GradientClip clip) {
      var memory = new Memory("optimiser");
      Tape tape = Tape.recording(Device.of("scalar", 1));
      Var x = tape.input("x", Shape.of(4, 2));
      Var t = tape.input("t", DType.INT32, Shape.of(4));
      Var rates = tape.input("rates", Optimizer.RATES);
      var mode = new Mode.Training(1);
      Var l = loss.of(model.record(x, mode), t);
      List<Var> weights =
          model.parameters().stream().filter(Parameter::isTrained).map(p -> p.on(x)).toList();
      Flow flow = tape.gradients(l, weights);
      List<Var> gradients =
          clip.of(weights.stream().map(w -> Objects.requireNonNull(flow.at(w))).toList());
      Map<Var, Var> assignments = new LinkedHashMap<>(mode.assignments());
      for (int i = 0; i < weights.size(); i++) {
        var state = new ArrayList<Var>();
        for (String name : optimizer.state()) {
          state.add(tape.parameter(name, memory.floats(weights.get(i).shape())));
        }
        assignments.putAll(optimizer.record(weights.get(i), gradients.get(i), state, rates));
      }
      Update update = Update.compile(List.of(l), assignments);
      return new Step(memory, tape, update, x, t, rates, l, optimizer);
    }

    /** Runs all steps and gives the last loss. */
    float run(int steps, Schedule schedule) {
      update.tensor(x).set(CORNERS);
      update.tensor(t).set(XOR);
      for (int s = 1; s <= steps; s++) {
        optimizer.rates(s, schedule.rate(optimizer.rate(), s - 1), update.tensor(rates));
        update.run();
      }
      return update.tensor(loss).item();
    }

    @Override
    public void close() {
      update.close();
      tape.close();
      memory.close();
    }
  }

  private static Model network() {
    return Model.sequential(linear(2, 8), tanh(), linear(8, 2)).init(3);
  }

  @Test
  void everyOptimiserLearnsExclusiveOr() {
    for (Optimizer o :
        List.of(
            Optimizer.sgd(0.5f, 0.9f),
            Optimizer.adam(0.05f),
            Optimizer.adamW(0.05f),
            Optimizer.rmsProp(0.01f),
            Optimizer.adagrad(0.5f))) {
      try (Model m = network();
          Step step = Step.of(m, Loss.crossEntropy(), o, GradientClip.norm(1))) {
        float loss = step.run(300, Schedule.warmUp(10, Schedule.cosine(300, 0)));
        assertTrue(loss < 0.05, o + ": loss " + loss);
        assertArrayEquals(XOR, predict(m), o.toString());
      }
    }
  }

  private static int[] predict(Model m) {
    try (Tape tape = Tape.eager(Device.of("scalar", 1))) {
      Var x = tape.input("x", Tensor.of(Shape.of(4, 2), CORNERS));
      return Predictions.of(m.record(x, Mode.EVALUATION).value());
    }
  }

  @Test
  void batchNormAndDropoutLearnToo() {
    try (Model m =
            Model.sequential(
                    linear(2, 16),
                    Layers.batchNorm(16),
                    tanh(),
                    Layers.dropout(0.1f),
                    linear(16, 1))
                .init(1);
        Step step = Step.of(m, Loss.bceWithLogits(), Optimizer.adam(0.02f), GradientClip.none())) {
      step.run(500, Schedule.constant());
      assertArrayEquals(XOR, predict(m));
    }
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    String[] hashes = new String[2];
    for (int i = 0; i < hashes.length; i++) {
      try (Model m = network();
          Step step =
              Step.of(m, Loss.crossEntropy(), Optimizer.adam(0.05f), GradientClip.value(0.1f))) {
        step.run(20, Schedule.constant());
        hashes[i] = m.hash();
      }
    }
    assertEquals(hashes[0], hashes[1]);
  }

  @Test
  void aStepAllocatesNothing() {
    try (Model m =
            Model.sequential(
                linear(2, 16), Layers.batchNorm(16), tanh(), Layers.dropout(0.5f), linear(16, 2));
        Step step =
            Step.of(
                m, Loss.crossEntropy(0.1f, 1, 2), Optimizer.adam(0.01f), GradientClip.norm(1))) {
      var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      Tensor rates = step.update.tensor(step.rates);
      step.run(200, Schedule.constant());
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 20; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int s = 1; s <= 10; s++) {
          step.optimizer.rates(s, 0.01, rates);
          step.update.run();
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      // the least of twenty rounds: the JVM itself allocates now and then
      assertEquals(0, least);
    }
  }
}
