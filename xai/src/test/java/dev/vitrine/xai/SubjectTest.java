package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.rule.DeepLift;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SubjectTest {
  private static final Target PREDICTED = Target.predicted();

  @Test
  void programsAreRecordedOnce() {
    var recordings = new AtomicInteger();
    try (Model m = Nets.smooth();
        Subject s =
            Nets.subject(x -> {
              recordings.incrementAndGet();
              return Network.of(m).record(x);
            })) {
      Attribution first = new Saliency().explain(s, Nets.normal(1, 3, 4), PREDICTED);
      int needed = recordings.get();
      for (int i = 2; i < 5; i++) {
        new Saliency().explain(s, Nets.normal(i, 3, 4), PREDICTED);
      }
      assertEquals(needed, recordings.get());
      new Saliency().explain(s, Nets.normal(1, 5, 4), PREDICTED);
      assertEquals(2 * needed, recordings.get(), "another shape");
      for (int rows = 6; rows < 20; rows++) {
        new Saliency().explain(s, Nets.normal(1, rows, 4), PREDICTED);
      }
      int before = recordings.get();
      Attribution again = new Saliency().explain(s, Nets.normal(1, 3, 4), PREDICTED);
      assertEquals(before + needed, recordings.get(), "it had left");
      assertEquals(first.hash(), again.hash());
    }
  }

  /** A baseline is a value, not a part of the program. */
  @Test
  void otherBaselinesNeedNoOtherProgram() {
    var recordings = new AtomicInteger();
    try (Model m = Nets.smooth();
        Subject s =
            Nets.subject(x -> {
              recordings.incrementAndGet();
              return Network.of(m).record(x);
            })) {
      Tensor x = Nets.normal(1, 3, 4);
      for (FromBaseline method : List.of(new DeepLift(), new IntegratedGradients().steps(5))) {
        method.explain(s, x, PREDICTED);
        int before = recordings.get();
        for (int b = 1; b < 5; b++) {
          method.baseline(Baseline.constant(b)).explain(s, x, PREDICTED);
        }
        assertEquals(before, recordings.get(), method.toString());
      }
    }
  }

  @Test
  void aClosedOneSaysSo() {
    try (Model m = Nets.smooth()) {
      Subject s = Subject.of(m, Nets.SCALAR);
      Attribution a = new InputXGradient().explain(s, Nets.normal(1, 3, 4), PREDICTED);
      String hash = a.hash();
      s.close();
      s.close();
      assertEquals(hash, a.hash(), "results live on");
      var e = assertThrows(IllegalStateException.class, () -> s.outputs(Nets.normal(1, 3, 4)));
      assertTrue(e.getMessage().contains("closed"), e.getMessage());
    }
  }

  @Test
  void aNetworkThatCannotBeRecordedLeavesItUsable() {
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      assertThrows(IllegalArgumentException.class, () -> s.outputs(Nets.normal(1, 3, 5)));
      assertEquals(9, s.outputs(Nets.normal(1, 3, 4)).size());
    }
  }

  private record Doubled(Var x, Var y) {}

  @Test
  void aProgramThatHasLeftServesItsLastUserToTheEnd() {
    Subject s = Nets.subject(x -> x.scale(3));
    float[] y =
        s.with(
            "doubled",
            tape -> {
              Var x = tape.input("x", Shape.of(1, 2));
              Var twice = x.mul(tape.constant(2));
              return new Subject.Recorded<>(
                  tape, Program.compile(List.of(twice)), new Doubled(x, twice));
            },
            (doubled, w) -> {
              for (int rows = 1; rows < 20; rows++) {
                s.outputs(Nets.normal(1, rows, 2));
              }
              s.close();
              w.tensor(doubled.values().x()).set(1, 2);
              doubled.program().run(w);
              return w.tensor(doubled.values().y()).toFloats();
            });
    assertArrayEquals(new float[] {2, 4}, y);
  }

  @Test
  void anInterruptEndsOneExplanationAndNoOther() throws Exception {
    Tensor x = Nets.normal(1, 300, 4);
    Explainer slow = new IntegratedGradients().steps(50);
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR);
        var pool = Executors.newFixedThreadPool(3)) {
      String hash = slow.explain(s, x, PREDICTED).hash();
      for (int i = 0; i < 10; i++) {
        Future<String> other = pool.submit(() -> slow.explain(s, x, PREDICTED).hash());
        int moment = i;
        Thread one =
            new Thread(() -> {
              var e =
                  assertThrows(
                      CancellationException.class,
                      () -> {
                        while (true) {
                          assertEquals(hash, slow.explain(s, x, PREDICTED).hash());
                        }
                      });
              assertEquals(
                  "this thread was interrupted: the explanation is given up", e.getMessage());
              assertTrue(Thread.currentThread().isInterrupted());
            });
        var wrong = new AtomicReference<Throwable>();
        one.setUncaughtExceptionHandler((t, e) -> wrong.set(e));
        one.start();
        Thread.sleep(moment);
        one.interrupt();
        one.join(60_000);
        assertFalse(one.isAlive(), "it must end");
        assertNull(wrong.get());
        assertEquals(hash, other.get());
      }
    }
  }

  /** Programs come and go meanwhile: there are more shapes and methods than programs are kept. */
  @Test
  void manyThreadsGetTheBitsOfOne() throws Exception {
    Tensor data = Nets.normal(1, 3, 8, 8, 1);
    List<Explainer> methods = AllMethods.ofLogits(Place.layer("conv1"), data, 2, 3, 1);
    try (Model m = Nets.images()) {
      for (Device d : devices()) {
        List<Callable<String>> tasks = new ArrayList<>();
        try (Subject s = Subject.of(m, d)) {
          for (int i = 0; i < 2 * methods.size(); i++) {
            Tensor x = Nets.normal(i, 1 + i % 3, 8, 8, 1);
            Explainer method = methods.get(i / 2);
            tasks.add(() -> method.explain(s, x, PREDICTED).hash());
          }
          List<String> wanted = new ArrayList<>();
          for (Callable<String> t : tasks) {
            wanted.add(t.call());
          }
          assertEquals(wanted, together(tasks), d.toString());
        }
      }
    }
  }

  private static List<String> together(List<Callable<String>> tasks)
      throws InterruptedException, ExecutionException {
    try (var pool = Executors.newFixedThreadPool(8)) {
      List<String> results = new ArrayList<>();
      for (Future<String> f : pool.invokeAll(tasks)) {
        results.add(f.get());
      }
      return results;
    }
  }

  /** All devices that can be had here, the reference first. */
  private static List<Device> devices() {
    var all = new ArrayList<>(List.of(Nets.SCALAR));
    Device.backends().stream()
        .filter(b -> b.unavailable() == null && !b.name().equals("scalar"))
        .forEach(b -> all.add(Device.of(b.name(), 2)));
    return all;
  }

  @Test
  void outputsAreTheNetworks() {
    try (Subject s = Nets.subject(x -> x.scale(2))) {
      assertArrayEquals(new float[] {2, 4}, s.outputs(Nets.row(1, 2)).toFloats());
    }
  }
}
