package dev.vitrine.bench.run;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a training leaves behind. */
public final class Runs {
  private Runs() {}

  /**
   * The data as the model wants them: two classes become one value where the model has one output.
   */
  public static Split fitting(Workload w, Split data) {
    try (Model model = new Model(Specification.parse(w.model()))) {
      int outputs = outputs(model, data.train());
      int classes = data.train().classes().size();
      if (outputs == 1 && classes == 2) {
        return new Split(data.train().binary(), data.test().binary());
      }
      if (classes > 0 && outputs != classes) {
        throw new IllegalArgumentException(
            "the model has %d outputs, %s has %d classes: %s"
                .formatted(outputs, w.data(), classes, data.train().classes()));
      }
      return data;
    }
  }

  /**
   * Columns of the model's output, found by recording it; refuses rows that the model can't take.
   */
  public static int outputs(Model model, Dataset rows) {
    Shape row = rows.inputs().shape().with(0, 1);
    try (var tape = Tape.recording(Device.of("scalar", 1))) {
      var y = model.record(tape.input("x", row), Mode.EVALUATION);
      return y.shape().dim(-1);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "model \"%s\" does not fit rows of shape %s: %s"
              .formatted(model, row.without(0), e.getMessage()),
          e);
    }
  }

  /** Writes the model and {@code run.json}, and drops the checkpoint. */
  public static void write(
      RunFolder folder, Workload w, Split data, long seed, Training t, Device device)
      throws IOException {
    folder.model(t.model());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("configuration", Configuration.of(w, data, seed));
    json.put("environment", Environment.of(device));
    json.put("test", Map.of("accuracy", t.test().accuracy(), "loss", t.test().loss()));
    json.put("seconds", t.seconds());
    json.put("hashes", Map.of("model", t.model().hash()));
    folder.json(json);
    folder.dropCheckpoint();
  }
}
