package dev.vitrine.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Pass;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.autodiff.compile.Update;
import dev.vitrine.autodiff.compile.Workspace;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.rule.Deconvnet;
import dev.vitrine.xai.rule.DeepLift;
import dev.vitrine.xai.rule.GuidedBackprop;
import dev.vitrine.xai.rule.Lrp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** On every backend, every pass can be left out without changing a bit. */
class PassesTest {
  private static List<Device> devices() {
    return Networks.backends().stream()
        .map(name -> Device.of(name, name.equals("scalar") ? 1 : 2))
        .toList();
  }

  /** Weights and loss after three steps of plain gradient descent. */
  private static float[] trained(Model model, Device device, List<Pass> passes) {
    model.init(7);
    try (Tape tape = Tape.recording(device)) {
      Var x = tape.input("x", Networks.images().shape());
      Var y = tape.input("y", DType.INT32, Shape.of(Networks.ROWS));
      Var loss = Loss.crossEntropy().of(model.record(x, new Mode.Training(1)), y);
      List<Var> weights = model.parameters().stream().map(p -> p.on(x)).toList();
      Flow flow = tape.gradients(loss, weights);
      Map<Var, Var> descent = new LinkedHashMap<>();
      for (Var w : weights) {
        Var g = flow.at(w);
        descent.put(w, g == null ? w : w.sub(g.scale(0.1f)));
      }
      Var clock = tape.clock();
      try (Update u = Update.compile(List.of(loss), descent, passes)) {
        u.tensor(x).set(Networks.images());
        u.tensor(y).set(Networks.LABELS);
        for (int step = 1; step <= 3; step++) {
          u.tensor(clock).putInt(0, step);
          u.run();
        }
        var all = new ArrayList<Tensor>(List.of(u.tensor(loss)));
        model.parameters().forEach(p -> all.add(p.value()));
        return floats(all);
      }
    }
  }

  /** The gradient of the summed outputs, and that of its square: a second-order one. */
  private static float[] explained(Model model, Device device, List<Pass> passes) {
    model.init(7);
    try (Tape tape = Tape.recording(device)) {
      Var x = tape.input("x", Networks.images().shape());
      Var once = tape.gradient(model.record(x, Mode.EVALUATION), x);
      Var twice = tape.gradient(once.square(), x);
      try (Program p = Program.compile(List.of(once, twice), passes);
          Workspace w = p.workspace()) {
        w.tensor(x).set(Networks.images());
        p.run(w);
        return floats(List.of(w.tensor(once), w.tensor(twice)));
      }
    }
  }

  /** Rules that send relevance to the winners of pools, with and without slopes of a relu. */
  private static float[] ruled(Model model, Device device, List<Pass> passes) {
    model.init(7);
    try (Tape tape = Tape.recording(device)) {
      Var x = tape.input("x", Networks.images().shape());
      Var y = tape.input("y", DType.INT32, Shape.of(Networks.ROWS));
      Var baseline = tape.input("baseline", x.shape());
      List<Var> maps =
          Stream.of(new GuidedBackprop(), new Deconvnet(), new DeepLift(), Lrp.epsilon())
              .map(rules -> rules.on(recording(model, x, y, baseline)))
              .toList();
      try (Program p = Program.compile(maps, passes);
          Workspace w = p.workspace()) {
        w.tensor(x).set(Networks.images());
        w.tensor(y).set(Networks.LABELS);
        w.tensor(baseline).set(shifted(Networks.images()));
        p.run(w);
        return floats(maps.stream().map(w::tensor).toList());
      }
    }
  }

  private static Recording recording(Model model, Var x, Var y, Var baseline) {
    Map<String, Var> inputs = Map.of("baseline", baseline);
    return Recording.of(Network.of(model), x, Target.Scale.LOGIT, y, null, inputs);
  }

  /** Each image in the place of the one before it. */
  private static float[] shifted(Tensor images) {
    float[] all = images.toFloats();
    int one = all.length / Networks.ROWS;
    var next = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      next[i] = all[(i + one) % all.length];
    }
    return next;
  }

  private static float[] floats(List<Tensor> all) {
    int size = all.stream().mapToInt(t -> (int) t.size()).sum();
    float[] values = new float[size];
    int at = 0;
    for (Tensor t : all) {
      for (float v : t.toFloats()) {
        values[at++] = v;
      }
    }
    return values;
  }

  private interface Run {
    float[] of(Model model, Device device, List<Pass> passes);
  }

  @TestFactory
  List<DynamicTest> anyPassCanBeLeftOut() {
    Map<String, Supplier<Model>> models = new LinkedHashMap<>();
    models.put("cnn", Networks::cnn);
    models.put("mlp", Networks::mlp);
    Map<String, Run> runs =
        Map.of(
            "trained", PassesTest::trained,
            "explained", PassesTest::explained,
            "ruled", PassesTest::ruled);
    var tests = new ArrayList<DynamicTest>();
    for (Device device : devices()) {
      models.forEach((name, model) ->
          runs.forEach((how, run) ->
              tests.add(
                  DynamicTest.dynamicTest(
                      "%s, %s, %s".formatted(name, how, device),
                      () -> {
                        try (Model m = model.get()) {
                          float[] plain = run.of(m, device, List.of());
                          assertArrayEquals(plain, run.of(m, device, Pass.all()), "all passes");
                          for (Pass left : Pass.all()) {
                            var others = Pass.all().stream().filter(p -> !p.equals(left)).toList();
                            assertArrayEquals(plain, run.of(m, device, others), "without " + left);
                          }
                        }
                      }))));
    }
    return tests;
  }

  @Test
  void whereKernelsFuseProgramsHaveFewerSteps() {
    for (Device device : devices()) {
      try (Tape tape = Tape.recording(device);
          Model model = Networks.cnn()) {
        Var x = tape.input("x", Networks.images().shape());
        Var map = tape.gradient(model.record(x, Mode.EVALUATION), x);
        try (Program fused = Program.compile(List.of(map), Pass.all());
            Program plain =
                Program.compile(
                    List.of(map),
                    Pass.all().stream().filter(p -> !p.name().startsWith("Fuse")).toList())) {
          if (device.fuses()) {
            assertNotEquals(plain.toString(), fused.toString());
          }
        }
      }
    }
  }
}
