package dev.vitrine.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Update;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every optimiser against its textbook form in double, over ten steps of drawn gradients. */
class OptimizerTest {
  private static final int N = 7;
  private static final int STEPS = 10;
  private static final double RATE = 0.1f;

  /** One weight's step: changes w[0] and its state s. */
  private interface Reference {
    void step(double[] w, double g, double[] s, int t);
  }

  private static void check(Optimizer o, Reference reference) {
    var random = new RandomStream(5, 0, 0);
    double[][] w = new double[N][1];
    double[][] s = new double[N][4];
    try (Memory memory = new Memory("test");
        Tape tape = Tape.recording(Device.of("scalar", 1))) {
      Tensor weights = memory.floats(Shape.of(N));
      for (int i = 0; i < N; i++) {
        weights.put(i, (float) random.normal());
        w[i][0] = weights.at(i);
      }
      Var leaf = tape.parameter("w", weights);
      Var g = tape.input("g", Shape.of(N));
      Var rates = tape.input("rates", Optimizer.RATES);
      var state = new ArrayList<Var>();
      o.state().forEach(name -> state.add(tape.parameter(name, memory.floats(Shape.of(N)))));
      try (Update update = Update.compile(List.of(), o.record(leaf, g, state, rates))) {
        for (int t = 1; t <= STEPS; t++) {
          double rate = t > 5 ? RATE / 2 : RATE;
          o.rates(t, rate, update.tensor(rates));
          for (int i = 0; i < N; i++) {
            float gi = (float) random.normal();
            update.tensor(g).put(i, gi);
            double before = w[i][0];
            reference.step(w[i], gi, s[i], t);
            w[i][0] = before + (w[i][0] - before) * rate / RATE;
          }
          update.run();
          for (int i = 0; i < N; i++) {
            // ten steps of size 0.1 in float32
            assertEquals(w[i][0], weights.at(i), 2e-6, o + ", step " + t + ", weight " + i);
          }
        }
      }
    }
  }

  @Test
  void sgd() {
    check(Optimizer.sgd(0.1f), (w, g, s, t) -> w[0] -= RATE * g);
    check(new Sgd(0.1f, 0, 0, false, 0.01f), (w, g, s, t) -> w[0] -= RATE * (g + 0.01 * w[0]));
  }

  @Test
  void sgdWithMomentumStartsItsBufferWithTheFirstGradient() {
    check(
        new Sgd(0.1f, 0.9f, 0.3f, false, 0.01f),
        (w, g, s, t) -> {
          double d = g + 0.01 * w[0];
          s[0] = t == 1 ? d : 0.9 * s[0] + 0.7 * d;
          w[0] -= RATE * s[0];
        });
  }

  @Test
  void sgdNesterov() {
    check(
        new Sgd(0.1f, 0.9f, 0, true, 0),
        (w, g, s, t) -> {
          s[0] = 0.9 * s[0] + g;
          w[0] -= RATE * (g + 0.9 * s[0]);
        });
    assertThrows(IllegalArgumentException.class, () -> new Sgd(0.1f, 0, 0, true, 0));
  }

  private static double adam(double g, double[] s, int t, boolean amsgrad) {
    s[0] = 0.9 * s[0] + 0.1 * g;
    s[1] = 0.999 * s[1] + 0.001 * g * g;
    s[2] = amsgrad ? Math.max(s[1], s[2]) : s[1];
    double m = s[0] / (1 - StrictMath.pow(0.9, t));
    return m / (Math.sqrt(s[2] / (1 - StrictMath.pow(0.999, t))) + 1e-8);
  }

  @Test
  void adam() {
    check(Optimizer.adam(0.1f), (w, g, s, t) -> w[0] -= RATE * adam(g, s, t, false));
    check(
        new Adam(0.1f, 0.9f, 0.999f, 1e-8f, 0.1f, false, true),
        (w, g, s, t) -> w[0] -= RATE * adam(g + 0.1 * w[0], s, t, true));
  }

  @Test
  void adamWDecaysTheWeightItself() {
    check(
        Optimizer.adamW(0.1f),
        (w, g, s, t) -> w[0] += -RATE * 0.01 * w[0] - RATE * adam(g, s, t, false));
  }

  @Test
  void rmsProp() {
    for (boolean centered : new boolean[] {false, true}) {
      for (float momentum : new float[] {0, 0.9f}) {
        check(
            new RmsProp(0.1f, 0.9f, 1e-2f, momentum, centered, 0.05f),
            (w, g, s, t) -> {
              double d = g + 0.05 * w[0];
              s[0] = 0.9 * s[0] + 0.1 * d * d;
              s[1] = centered ? 0.9 * s[1] + 0.1 * d : 0;
              s[2] = momentum * s[2] + d / (Math.sqrt(s[0] - s[1] * s[1]) + 1e-2);
              s[3] = momentum;
              w[0] -= RATE * s[2];
            });
      }
    }
  }

  @Test
  void adagrad() {
    check(
        new Adagrad(0.1f, 1e-10f, 0.01f),
        (w, g, s, t) -> {
          double d = g + 0.01 * w[0];
          s[0] += d * d;
          w[0] -= RATE * d / (Math.sqrt(s[0]) + 1e-10);
        });
  }

  @Test
  void stateIsNoMoreThanNeeded() {
    assertEquals(List.of(), Optimizer.sgd(1).state());
    assertEquals(List.of("momentum_buffer"), Optimizer.sgd(1, 0.9f).state());
    assertEquals(List.of("exp_avg", "exp_avg_sq"), Optimizer.adam(1).state());
    assertEquals(List.of("square_avg"), Optimizer.rmsProp(1).state());
    assertEquals(
        List.of("square_avg", "momentum_buffer"),
        new RmsProp(1, 0.9f, 1e-8f, 0.5f, false, 0).state());
  }

  @Test
  void aStepHasNoGradientAndRefusesWhatDoesNotFit() {
    try (Tape tape = Tape.recording(Device.of("scalar", 1))) {
      Var w = tape.input("w", Shape.of(3));
      Var rates = tape.input("rates", Optimizer.RATES);
      Map<Var, Var> step = Optimizer.sgd(0.1f).record(w, w.square(), List.of(), rates);
      Var next = step.get(w);
      var e =
          assertThrows(UnsupportedOperationException.class, () -> tape.gradient(next.total(), w));
      assertTrue(e.getMessage().contains("no gradient"), e.getMessage());
      Var wide = tape.input("wide", Shape.of(4));
      assertThrows(
          IllegalArgumentException.class,
          () -> Optimizer.sgd(0.1f).record(w, wide, List.of(), rates));
      assertThrows(
          IllegalArgumentException.class,
          () -> Optimizer.adam(0.1f).record(w, w, List.of(), rates));
    }
    assertThrows(IllegalArgumentException.class, () -> Optimizer.sgd(-1));
    assertThrows(IllegalArgumentException.class, () -> Optimizer.sgd(Float.NaN));
  }

  @Test
  void parametersAreUpdatedInPlace() {
    try (Memory memory = new Memory("test");
        Tape tape = Tape.recording(Device.of("scalar", 1))) {
      Map<Var, Var> all = new LinkedHashMap<>();
      Var w = tape.parameter("w", memory.floats(Shape.of(1000)));
      Var m = tape.parameter("m", memory.floats(Shape.of(1000)));
      Var v = tape.parameter("v", memory.floats(Shape.of(1000)));
      Var g = tape.input("g", Shape.of(1000));
      Var rates = tape.input("rates", Optimizer.RATES);
      all.putAll(Optimizer.adam(0.1f).record(w, g, List.of(m, v), rates));
      try (Update update = Update.compile(List.of(), all)) {
        // the slab stays empty: nothing lives outside of the leaves
        assertTrue(update.toString().contains(" 0 bytes"), update.toString());
      }
    }
  }
}
