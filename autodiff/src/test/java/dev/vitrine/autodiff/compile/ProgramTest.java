package dev.vitrine.autodiff.compile;

import static dev.vitrine.autodiff.Samples.SCALAR;
import static dev.vitrine.autodiff.Samples.signed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProgramTest {
  /**
   * A small convolutional network and its loss on a tape, with plain gradient descent as
   * assignments.
   */
  private record Descent(Var x, Var labels, Var loss, Map<Var, Var> assignments) {
    static Descent record(Var x, Var labels, Map<String, Tensor> p) {
      Tape t = x.tape();
      Map<String, Var> v = new LinkedHashMap<>();
      p.forEach((name, value) -> v.put(name, t.parameter(name, value)));
      Var y =
          x.conv2d(Window.UNIT, at(v, "k"), at(v, "kb"))
              .relu()
              .maxPool2d(2, 2, Window.UNIT.stride(2, 2))
              .flatten()
              .linear(at(v, "w"), at(v, "b"));
      Var loss = y.logSoftmax().pick(labels).average().negate();
      Flow g = t.gradients(loss, List.copyOf(v.values()));
      Map<Var, Var> assign = new LinkedHashMap<>();
      for (Var w : v.values()) {
        assign.put(w, w.sub(Objects.requireNonNull(g.at(w)).scale(0.1f)));
      }
      return new Descent(x, labels, loss, assign);
    }

    static Descent record(Tape t) {
      Var x = t.input("x", Shape.of(5, 8, 8, 1));
      return record(x, t.input("labels", DType.INT32, Shape.of(5)), parameters());
    }

    private static Var at(Map<String, Var> v, String name) {
      return Objects.requireNonNull(v.get(name));
    }
  }

  private static Map<String, Tensor> parameters() {
    Map<String, Tensor> p = new LinkedHashMap<>();
    p.put("k", signed(1, 3, 3, 1, 4));
    p.put("kb", signed(2, 4));
    p.put("w", signed(3, 36, 3));
    p.put("b", signed(4, 3));
    return p;
  }

  private static final int[] LABELS = {0, 1, 2, 1, 0};

  private static float[] eager(int steps) {
    Map<String, Tensor> p = parameters();
    float[] losses = new float[steps];
    for (int i = 0; i < steps; i++) {
      try (Tape t = Tape.eager(SCALAR)) {
        Var x = t.constant("x", signed(9, 5, 8, 8, 1));
        Descent d = Descent.record(x, t.constant("labels", Tensor.of(Shape.of(5), LABELS)), p);
        losses[i] = d.loss.value().item();
        Map<Var, Tensor> next = new LinkedHashMap<>();
        d.assignments.forEach((leaf, v) -> next.put(leaf, v.value().copy()));
        next.forEach((leaf, v) -> leaf.value().set(v));
      }
    }
    return losses;
  }

  private static float[] compiled(int steps, List<Pass> passes) {
    try (Tape t = Tape.recording(SCALAR)) {
      Descent d = Descent.record(t);
      try (Update u = Update.compile(List.of(d.loss), d.assignments, passes)) {
        u.tensor(d.x).set(signed(9, 5, 8, 8, 1));
        u.tensor(d.labels).set(LABELS);
        float[] losses = new float[steps];
        for (int i = 0; i < steps; i++) {
          u.run();
          losses[i] = u.tensor(d.loss).item();
        }
        return losses;
      }
    }
  }

  @Test
  void aCompiledTrainingStepGivesTheBitsOfTheEagerOne() {
    float[] losses = compiled(30, Pass.standard());
    assertArrayEquals(eager(30), losses);
    assertTrue(losses[29] < losses[0] / 2, "it learns: " + losses[0] + " to " + losses[29]);
  }

  @Test
  void everyPassCanBeSwitchedOffWithoutChangingABit() {
    float[] all = compiled(5, Pass.standard());
    assertArrayEquals(all, compiled(5, List.of()));
    for (Pass left : Pass.standard()) {
      var others = Pass.standard().stream().filter(p -> p.getClass() != left.getClass()).toList();
      assertArrayEquals(all, compiled(5, others), "without " + left);
    }
  }

  @Test
  void replaysAllocateNothing() {
    try (Tape t = Tape.recording(SCALAR)) {
      Descent d = Descent.record(t);
      try (Update u = Update.compile(List.of(d.loss), d.assignments)) {
        u.tensor(d.x).set(signed(9, 5, 8, 8, 1));
        u.tensor(d.labels).set(LABELS);
        for (int i = 0; i < 3000; i++) {
          u.run(); // until compiled: the interpreter boxes nothing either, but C1 and C2 may differ
        }
        long bytes = Long.MAX_VALUE;
        // the JVM charges a thread for its own one-time work (deoptimisation), so the best of five
        // windows
        // counts; what a replay itself allocated would be in every one of them
        for (int window = 0; window < 5; window++) {
          bytes = Math.min(bytes, allocatedBy(u, 1000));
        }
        System.out.println("bytes allocated by 1000 replays of a training step: " + bytes);
        assertEquals(0, bytes);
      }
    }
  }

  private static long allocatedBy(Update u, int replays) {
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = bean.getCurrentThreadAllocatedBytes();
    long asking = bean.getCurrentThreadAllocatedBytes() - before;
    before = bean.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < replays; i++) {
      u.run();
    }
    return bean.getCurrentThreadAllocatedBytes() - before - asking;
  }

  @Test
  void deadAndRepeatedNodesAreLeftOut() {
    try (Tape t = Tape.recording(SCALAR)) {
      Var x = t.input("x", Shape.of(4));
      Var y = x.exp().add(x.exp());
      x.tanh();
      assertTrue(Program.compile(List.of(y)).toString().startsWith("program: 2 steps of 5"));
    }
  }

  @Test
  void valuesWhoseLivesDoNotMeetShareMemory() {
    try (Tape t = Tape.recording(SCALAR)) {
      Var y = t.input("x", Shape.of(1024));
      for (int i = 0; i < 50; i++) {
        y = i % 2 == 0 ? y.cumSum(0) : y.tanh();
      }
      // cumSum may not write over its input, tanh may: two blocks are enough for the whole chain
      assertEquals(2 * 4096, Program.compile(List.of(y)).bytes());
    }
  }

  @Test
  void assignmentsReadTheStateBeforeTheStep() {
    try (Tape t = Tape.recording(SCALAR)) {
      Tensor a = Tensor.of(Shape.of(2), 1, 2);
      Tensor b = Tensor.of(Shape.of(2), 10, 20);
      Var va = t.parameter("a", a);
      Var vb = t.parameter("b", b);
      Map<Var, Var> swap = new LinkedHashMap<>();
      swap.put(va, vb);
      swap.put(vb, va.scale(2));
      try (Update u = Update.compile(List.of(), swap)) {
        u.run();
        assertArrayEquals(new float[] {10, 20}, a.toFloats());
        assertArrayEquals(new float[] {2, 4}, b.toFloats());
        u.run();
        assertArrayEquals(new float[] {2, 4}, a.toFloats());
        assertArrayEquals(new float[] {20, 40}, b.toFloats());
      }
    }
  }

  @Test
  void manyThreadsReplayOneProgramAtOnce() throws InterruptedException {
    try (Tape t = Tape.recording(SCALAR)) {
      Var x = t.input("x", Shape.of(64));
      Var y = x.tanh().cumSum(0).exp();
      Program p = Program.compile(List.of(y));
      float[][] got = new float[4][];
      Thread[] threads = new Thread[4];
      for (int i = 0; i < 4; i++) {
        int me = i;
        threads[i] =
            new Thread(() -> {
              for (int k = 0; k < 200; k++) {
                Workspace w = p.borrow();
                w.tensor(x).set(signed(me, 64));
                p.run(w);
                got[me] = w.tensor(y).toFloats();
                p.release(w);
              }
            });
        threads[i].start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      for (int i = 0; i < 4; i++) {
        try (Tape e = Tape.eager(SCALAR)) {
          Var expected = e.input("x", signed(i, 64)).tanh().cumSum(0).exp();
          assertArrayEquals(expected.value().toFloats(), got[i]);
        }
      }
      p.close();
    }
  }

  @Test
  void onlyInputsAndOutputsCanBeAskedFor() {
    try (Tape t = Tape.recording(SCALAR)) {
      Var x = t.input("x", Shape.of(4));
      Var hidden = x.exp();
      Var y = hidden.tanh();
      Program p = Program.compile(List.of(y));
      try (Workspace w = p.workspace()) {
        assertThrows(IllegalArgumentException.class, () -> w.tensor(x.node().tape().constant(7)));
      }
    }
  }

  @Test
  void constantsCanNotBeAssignedTo() {
    try (Tape t = Tape.recording(SCALAR)) {
      Var c = t.constant("c", signed(1, 2));
      assertThrows(
          IllegalArgumentException.class, () -> Update.compile(List.of(), Map.of(c, c.exp())));
    }
  }
}
