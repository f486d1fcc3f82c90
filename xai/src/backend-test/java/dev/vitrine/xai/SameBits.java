package dev.vitrine.xai;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.dropout;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Callback;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.gradient.IntegratedGradients;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** One training and one explanation, here or in another JVM, down to their bits. */
enum SameBits {
  /** Channel counts that fill no vector. */
  SMALL(
      20,
      "3ecd6815e72babe916f59c852fc614d76dce00c75c4a9dd547e9b18dccd59d05",
      "c30d7b44b9926ca61d98af2c56f418849623d794f25e4754c2823c571b49b18a") {
    @Override
    Model model() {
      return Model.sequential(
          conv2d(1, 8, 3),
          relu(),
          maxPool2d(2),
          conv2d(8, 12, 3),
          relu(),
          maxPool2d(2),
          flatten(),
          linear(300, 20),
          relu(),
          dropout(0.5f),
          linear(20, 10));
    }
  },
  /** The network of the first example in every book. */
  STANDARD(
      200,
      "cf2a1b7c73eb43050a062d065da95a0bd659d4736f1e19f34c1fb3c7362f1826",
      "585842a32a1e8383384ada62014dc89b1f58bb226d3e08f6c07b4a05992ecf63") {
    @Override
    Model model() {
      return Model.sequential(
          conv2d(1, 32, 3),
          relu(),
          maxPool2d(2),
          conv2d(32, 64, 3),
          relu(),
          maxPool2d(2),
          flatten(),
          linear(1600, 128),
          relu(),
          dropout(0.5f),
          linear(128, 10));
    }
  };

  private static final int BATCH = 8;
  private static final int SEED = 7;

  private final int steps;

  /** Hashes of the trained model and of the map, on every machine. */
  final String modelHash;

  final String mapHash;

  SameBits(int steps, String modelHash, String mapHash) {
    this.steps = steps;
    this.modelHash = modelHash;
    this.mapHash = mapHash;
  }

  abstract Model model();

  /** What must be the same everywhere: hashes, and the bits of the loss at each step. */
  record Result(String model, String map, List<String> losses) {
    static Result of(List<String> lines) {
      return new Result(lines.get(0), lines.get(1), List.copyOf(lines.subList(2, lines.size())));
    }

    List<String> lines() {
      return Stream.concat(Stream.of(model, map), losses.stream()).toList();
    }

    /** Where this one leaves {@code other}, for people. */
    String firstDifference(Result other) {
      for (int i = 0; i < Math.min(losses.size(), other.losses.size()); i++) {
        if (!losses.get(i).equals(other.losses.get(i))) {
          return "the losses part at step %d: %s and %s"
              .formatted(i + 1, losses.get(i), other.losses.get(i));
        }
      }
      return model.equals(other.model)
          ? "the explanations differ, the models don't"
          : "the losses are the same, the models differ: look at the last update";
    }
  }

  /** Trains on drawn digits with Adam, then integrates gradients for the first test digit. */
  Result run(Device device) throws IOException {
    var losses = new ArrayList<String>();
    Callback listen =
        new Callback() {
          @Override
          public void step(Moment s) {
            losses.add(Float.toHexString(s.loss()));
          }
        };
    Split digits = DrawnDigits.of(SEED, steps * BATCH, 10);
    try (Dataset train = digits.train();
        Dataset test = digits.test();
        Model model = model();
        Subject subject = trained(model, train, device, listen)) {
      Attribution map =
          new IntegratedGradients().steps(20).explain(subject, test.input(0), Target.predicted());
      return new Result(model.hash(), map.hash(), List.copyOf(losses));
    }
  }

  private static Subject trained(Model model, Dataset data, Device device, Callback listen)
      throws IOException {
    new Trainer(model)
        .optimizer(Optimizer.adam(1e-3f))
        .seed(SEED)
        .batch(BATCH)
        .device(device)
        .callback(listen)
        .fit(data, 1);
    return Subject.of(model, device);
  }

  /** The same in a JVM of its own, on this backend with this option. */
  Result runInOtherJvm(String backend, String option) throws IOException, InterruptedException {
    Process p =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                option,
                "-cp",
                classPath(),
                SameBits.class.getName(),
                name(),
                backend)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = p.inputReader().lines().toList();
    int status = p.waitFor();
    if (status != 0) {
      throw new IllegalStateException("the JVM with " + option + " ended with " + status);
    }
    return Result.of(lines);
  }

  /** What this JVM sees, be it from a class path or from a module path. */
  private static String classPath() {
    Set<String> entries = new LinkedHashSet<>();
    try {
      entries.add(testClasses());
      for (Class<?> c : List.of(Subject.class, Model.class, Tape.class, Device.class)) {
        var source = c.getProtectionDomain().getCodeSource();
        entries.add(Path.of(source.getLocation().toURI()).toString());
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    for (String property : List.of("java.class.path", "jdk.module.path")) {
      String all = System.getProperty(property, "");
      entries.addAll(List.of(all.split(File.pathSeparator)));
    }
    entries.remove("");
    return String.join(File.pathSeparator, entries);
  }

  /**
   * In a patched module the code source is that of the main classes, so the file itself is asked.
   */
  private static String testClasses() throws URISyntaxException {
    var file = Objects.requireNonNull(SameBits.class.getResource("SameBits.class"));
    Path folder = Path.of(file.toURI()).getParent();
    for (int i = SameBits.class.getPackageName().split("\\.").length; i > 0; i--) {
      folder = folder.getParent();
    }
    return folder.toString();
  }

  /** Arguments: which of the two, and the backend. Prints the hashes and the losses. */
  public static void main(String[] args) throws IOException {
    valueOf(args[0]).run(Device.of(args[1], 1)).lines().forEach(System.out::println);
  }
}
