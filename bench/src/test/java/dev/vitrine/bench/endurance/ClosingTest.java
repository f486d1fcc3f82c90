package dev.vitrine.bench.endurance;

import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.autodiff.compile.Update;
import dev.vitrine.autodiff.compile.Workspace;
import dev.vitrine.nn.Inference;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.IntegratedGradients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What is closed while others use it: each of them has the whole result, the bits it has alone, or
 * one sentence that says what is closed. Nobody hangs, and freed memory is never read.
 */
class ClosingTest {
  private static final int THREADS = 4;
  private static final int WIDTH = 160;
  private static final int ROWS = 128;

  /** What is closed, by whom it is used, and who else has to be closed in the end. */
  private record Scene(AutoCloseable closed, Callable<String> use, List<AutoCloseable> rest) {
    Scene(AutoCloseable closed, Callable<String> use, AutoCloseable... rest) {
      this(closed, use, List.of(rest));
    }
  }

  private interface Stage {
    Scene on(Device device) throws Exception;
  }

  private static final Map<String, Stage> STAGES =
      Map.ofEntries(
          Map.entry("a model that is explained", d -> explained(d, true)),
          Map.entry("a subject", d -> explained(d, false)),
          Map.entry("a model on eager tapes", ClosingTest::eager),
          Map.entry("a model that predicts", d -> predicted(d, true)),
          Map.entry("an inference", d -> predicted(d, false)),
          Map.entry("a program", d -> replayed(d, true)),
          Map.entry("a tape whose program runs", d -> replayed(d, false)),
          Map.entry("an update", ClosingTest::updated),
          Map.entry("a model in training", d -> trained(d, true)),
          Map.entry("a data set in training", d -> trained(d, false)),
          Map.entry("a memory", ClosingTest::read));

  private static Model network() {
    return Model.sequential(linear(WIDTH, WIDTH), tanh(), linear(WIDTH, 3)).init(4);
  }

  private static Tensor rows() {
    float[] x = new float[ROWS * WIDTH];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * 37 % 101 / 50f - 1;
    }
    return Tensor.of(Shape.of(ROWS, WIDTH), x);
  }

  private static Scene explained(Device d, boolean closesTheModel) {
    Model m = network();
    Subject s = Subject.of(m, d);
    Tensor x = rows().rows(0, 4);
    var method = new IntegratedGradients().steps(4);
    Callable<String> use = () -> method.explain(s, x, Target.predicted()).hash();
    return closesTheModel ? new Scene(m, use, s) : new Scene(s, use, m);
  }

  private static Scene eager(Device d) {
    Model m = network();
    Tensor x = rows();
    return new Scene(
        m,
        () -> {
          try (Tape t = Tape.eager(d)) {
            return TensorHash.of(m.record(t.input("x", x), Mode.EVALUATION).value());
          }
        });
  }

  private static Scene predicted(Device d, boolean closesTheModel) {
    Model m = network();
    Tensor x = rows();
    var inference = new Inference(m, Shape.of(WIDTH), ROWS, d);
    Callable<String> use = () -> TensorHash.of(inference.outputs(x));
    return closesTheModel ? new Scene(m, use, inference) : new Scene(inference, use, m);
  }

  private static Scene replayed(Device d, boolean closesTheProgram) {
    Tensor rows = rows();
    Tape t = Tape.recording(d);
    Var x = t.input("x", rows.shape());
    Var y = x.mul(t.constant(3)).tanh();
    Program p = Program.compile(List.of(y));
    Callable<String> use =
        () -> {
          Workspace w = p.borrow();
          try {
            w.tensor(x).set(rows);
            p.run(w);
            return TensorHash.of(w.tensor(y));
          } finally {
            p.release(w);
          }
        };
    return closesTheProgram ? new Scene(p, use, t) : new Scene(t, use, p);
  }

  /** w' = −w: nobody can tell how often it ran, but a half of one would show. */
  private static Scene updated(Device d) {
    Tensor value = rows();
    Tape t = Tape.recording(d);
    Var w = t.parameter("w", value);
    Update u = Update.compile(List.of(), Map.of(w, w.negate()));
    float first = value.at(0);
    return new Scene(
        u,
        () -> {
          u.run();
          return "";
        },
        () -> {
          boolean turned = value.at(0) != first;
          Tensor was = rows();
          for (int i = 0; i < was.size(); i++) {
            assertEquals(turned ? -was.at(i) : was.at(i), value.at(i) + 0f, 0);
          }
        },
        t);
  }

  private static Scene trained(Device d, boolean closesTheModel) {
    Model shared = network();
    var memory = new Memory("rows");
    Tensor x = memory.floats(Shape.of(ROWS, WIDTH)).set(rows());
    Tensor y = memory.ints(Shape.of(ROWS));
    Dataset data = Dataset.labelled("rows", x, y, List.of("a", "b", "c"));
    Callable<String> use =
        () -> {
          Model m = closesTheModel ? shared : network();
          new Trainer(m).device(d).batch(32).fit(data, 3);
          return closesTheModel ? "" : m.hash();
        };
    return closesTheModel ? new Scene(shared, use, data) : new Scene(data, use, shared);
  }

  private static Scene read(Device d) {
    var memory = new Memory("some memory of " + d);
    Tensor x = memory.floats(Shape.of(ROWS, WIDTH)).set(rows());
    var turn = new AtomicInteger();
    return new Scene(
        memory,
        () -> {
          switch (turn.getAndIncrement() % 4) {
            case 0 -> TensorHash.of(x);
            case 1 -> x.toFloats();
            case 2 -> memory.floats(Shape.of(5, 5)).set(new float[25]);
            default -> x.copy().at(x.size() - 1);
          }
          return "";
        });
  }

  @TestFactory
  List<DynamicTest> everybodyGetsAnAnswer() {
    return onEveryDevice(3);
  }

  @TestFactory
  @Tag("slow")
  List<DynamicTest> everybodyGetsAnAnswerOften() {
    return onEveryDevice(50);
  }

  private static List<DynamicTest> onEveryDevice(int times) {
    long seed = System.nanoTime();
    System.out.println("closing while others work: seed " + seed);
    var random = new Random(seed);
    var tests = new ArrayList<DynamicTest>();
    for (Device d : Crowd.devices()) {
      STAGES.forEach((name, stage) ->
          tests.add(
              DynamicTest.dynamicTest(
                  name + ", " + d,
                  () -> {
                    for (int i = 0; i < times; i++) {
                      play(stage.on(d), random.nextInt(20_000_000));
                    }
                  })));
    }
    return tests;
  }

  private static void play(Scene scene, long nanos) throws Exception {
    String alone = scene.use().call();
    var tasks = new ArrayList<Callable<?>>();
    for (int i = 0; i < THREADS; i++) {
      tasks.add(() -> {
        String said = null;
        while (said == null) {
          try {
            assertEquals(alone, scene.use().call());
          } catch (IllegalStateException e) {
            said = String.valueOf(e.getMessage());
          }
        }
        assertTrue(said.matches("[^\n]+ is closed[^\n]*"), said);
        return null;
      });
    }
    var crowd = new Crowd(tasks);
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    Callable<?> closing =
        () -> {
          scene.closed().close();
          return null;
        };
    new Crowd(List.of(closing)).join(); // a close that hangs is found there
    crowd.join();
    for (AutoCloseable c : scene.rest()) {
      c.close();
    }
  }
}
