package dev.vitrine.bench.endurance;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.dropout;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.nn.Inference;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many threads train, explain, predict and record eagerly, on every device at once, with models,
 * subjects, explainers and programs that they share: each result has the bits it has alone on the
 * reference.
 */
class CrowdTest {
  private static final List<String> METHODS =
      List.of(
          "saliency",
          "input-x-gradient",
          "integrated-gradients",
          "smoothgrad",
          "guided-backprop",
          "deeplift",
          "lrp-epsilon",
          "lrp-zplus",
          "occlusion",
          "grad-cam");

  private static final int SEEDS = 2;

  private final Split digits = DrawnDigits.of(3, 96, 24);
  private final Model model = network().init(5);
  private final List<Device> devices = Crowd.devices();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(model, digits));

  private static Model network() {
    return Model.sequential(
        conv2d(1, 6, 3), relu(), maxPool2d(2), flatten(), dropout(0.2f), linear(1014, 10));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable c : open.reversed()) {
      c.close();
    }
  }

  /** All kinds of work on one device, by name; equal names give equal results everywhere. */
  private Map<String, Callable<String>> work(Device device) {
    Map<String, Callable<String>> all = new LinkedHashMap<>();
    Subject subject = Subject.of(model, device);
    open.add(subject);
    Dataset test = digits.test();
    Reference reference = Reference.usual(digits.train().inputs());
    for (int n : new int[] {1, 3, 16}) {
      Tensor x = test.inputs().rows(0, n);
      for (String name : METHODS.subList(0, n == 16 ? 2 : METHODS.size())) {
        Explainer method = Methods.of(name, reference);
        all.put(name + " of " + n, () -> method.explain(subject, x, Target.predicted()).hash());
      }
      all.put("eager of " + n, () -> eager(device, x));
    }
    var inference = new Inference(model, test.input(0).shape().without(0), 16, device);
    open.add(inference);
    all.put("outputs", () -> TensorHash.of(inference.outputs(test.inputs())));
    for (int s = 0; s < SEEDS; s++) {
      int seed = s;
      all.put("training " + seed, () -> trained(device, seed));
    }
    return all;
  }

  private String eager(Device device, Tensor x) {
    try (Tape tape = Tape.eager(device)) {
      Var in = tape.input("x", x);
      return TensorHash.of(tape.gradient(model.record(in, Mode.EVALUATION), in).value());
    }
  }

  private String trained(Device device, long seed) throws Exception {
    try (Model m = network()) {
      new Trainer(m).device(device).seed(seed).batch(32).fit(digits.train(), 1);
      return m.hash();
    }
  }

  @Test
  void resultsAreThoseOfOneThread() throws Exception {
    check(8, 100);
  }

  @Test
  @Tag("slow")
  void resultsAreThoseOfOneThreadForLong() throws Exception {
    check(32, 5_000);
  }

  private void check(int threads, int jobs) throws Exception {
    long seed = System.nanoTime();
    System.out.printf("%d threads, %d jobs, %s, seed %d%n", threads, jobs, devices, seed);
    Map<String, String> alone = new LinkedHashMap<>();
    for (var e : work(devices.getFirst()).entrySet()) {
      alone.put(e.getKey(), e.getValue().call());
    }
    var everything = devices.stream().map(this::work).toList();
    List<String> names = List.copyOf(alone.keySet());
    var left = new AtomicInteger(jobs);
    var crowd = new ArrayList<Callable<?>>();
    for (int t = 0; t < threads; t++) {
      var random = new Random(seed + t);
      crowd.add(() -> {
        while (left.getAndDecrement() > 0) {
          int d = random.nextInt(devices.size());
          String name = names.get(random.nextInt(names.size()));
          assertEquals(
              alone.get(name),
              everything.get(d).get(name).call(),
              () -> name + " on " + devices.get(d));
        }
        return null;
      });
    }
    new Crowd(crowd).join(60 + jobs / 5); // on a busy machine a second is enough for many
  }
}
