package dev.vitrine.bench.conformance;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.onnx.Onnx;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.rule.Captum;
import dev.vitrine.xai.rule.DeepLift;
import dev.vitrine.xai.rule.Lrp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** ONNX files of other tools: read, run, differentiated and explained, or refused. */
final class OnnxGroup implements Group {
  static final String NAME = "onnx";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> methods() {
    return Set.of("positive", "negative");
  }

  @Override
  public void run(Trial trial) throws IOException {
    Path file = trial.golden().folder().resolve(trial.golden().json().text("model"));
    if (trial.golden().method().equals("negative")) {
      refused(trial.golden().json(), file);
      return;
    }
    try (Model model = Onnx.read(file);
        Subject subject = Subject.of(model, trial.device())) {
      Tensor x = Layout.IMAGE.toEngine(trial.golden().input("x")).tensor(trial.memory());
      Tensor y = subject.outputs(x);
      trial.put("output", Numbers.of(y));
      anyNumberOfRows(trial.memory(), subject, x, y);
      // the output itself is explained, behind a softmax too
      int[] classes = trial.golden().json().ints("target");
      var target = new Target(Recording::outputs, classes, null);
      for (String result : trial.golden().results()) {
        if (!result.equals("output")) {
          Json args = trial.golden().json().object("expected").object(result).objectOrEmpty("args");
          Tensor a = explainer(result, args).explain(subject, x, target).values();
          trial.put(result, Layout.IMAGE.toGolden(Numbers.of(a)));
        }
      }
    }
  }

  private static Explainer explainer(String result, Json args) throws IOException {
    return switch (result) {
      case "input_grad" -> new Saliency(true);
      case "ig" -> new IntegratedGradients().steps(args.integer("n_steps"));
      case "deeplift" -> new DeepLift();
      case "lrp_epsilon" -> new Lrp(Captum.everywhere(args.real("epsilon")));
      default -> throw new FormatException(args.file().toString(), "\"" + result + "\" is unknown");
    };
  }

  /** A row has the same bits alone, among three and among five. */
  private static void anyNumberOfRows(Memory memory, Subject subject, Tensor x, Tensor y) {
    int have = x.shape().dim(0);
    for (int n : new int[] {1, 5}) {
      Shape more = x.shape().with(0, n);
      Tensor some = memory.floats(more);
      for (int i = 0; i < n; i++) {
        some.rows(i, i + 1).set(x.rows(i % have, i % have + 1));
      }
      Tensor out = subject.outputs(some);
      for (int i = 0; i < n; i++) {
        float[] got = out.rows(i, i + 1).toFloats();
        float[] want = y.rows(i % have, i % have + 1).toFloats();
        if (!Arrays.equals(got, want)) {
          throw new IllegalStateException(
              "row %d of %d gives %s, of %d it gave %s"
                  .formatted(i, n, Arrays.toString(got), have, Arrays.toString(want)));
        }
      }
    }
  }

  private static void refused(Json golden, Path file) throws IOException {
    try (Model model = Onnx.read(file)) {
      throw new IllegalStateException("%s was read: %s".formatted(file, model));
    } catch (FormatException e) {
      String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      for (String words : golden.texts("message_should_name")) {
        if (Arrays.stream(words.toLowerCase(Locale.ROOT).split("[|]")).noneMatch(said::contains)) {
          throw new IllegalStateException("\"%s\" does not name %s".formatted(said, words), e);
        }
      }
      if (said.lines().count() != 1) {
        throw new IllegalStateException("more than one line: " + said, e);
      }
    }
  }
}
