package dev.vitrine.bench.run;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.train.Callback;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a training needs, and what it leaves behind. */
public final class Runs {
  private Runs() {}

  /** The data as the workload's model wants them; refuses those that it can't take. */
  public static Split fitting(Workload w, Split data) {
    try (Model model = Models.of(w.model())) {
      return fitting(outputs(model, w.data(), data), data);
    }
  }

  /** Two classes become one value where the model has one output. */
  public static Split fitting(int outputs, Split data) {
    return outputs == 1 && data.train().classes().size() == 2
        ? new Split(data.train().binary(), data.test().binary(), data.encoding())
        : data;
  }

  /** Outputs of the model per row; refuses data whose rows or classes it was not made for. */
  public static int outputs(Model model, String name, Split data) {
    int outputs = outputs(model, data.train());
    int classes = data.train().classes().size();
    if (classes == 1) {
      throw new IllegalArgumentException(
          "%s has one class only, %s; two are needed".formatted(name, data.train().classes()));
    }
    boolean binary = outputs == 1 && classes <= 2;
    if (classes > 0 && outputs != classes && !binary) {
      throw new IllegalArgumentException(
          "the model has %d outputs, %s has %d classes: %s; both numbers must be the same"
              .formatted(outputs, name, classes, data.train().classes()));
    }
    return outputs;
  }

  /**
   * Columns of the model's output, found by recording it; refuses rows that the model can't take.
   */
  static int outputs(Model model, Dataset rows) {
    Shape row = rows.inputs().shape().with(0, 1);
    try (var tape = Tape.recording(Device.of("scalar", 1))) {
      var y = model.record(tape.input("x", row), Mode.EVALUATION);
      if (y.shape().rank() != 2) {
        throw new IllegalArgumentException(
            "its output has shape %s per row, one axis is needed: end it with flatten and linear"
                .formatted(y.shape().without(0)));
      }
      return y.shape().dim(1);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "model \"%s\" does not fit rows of shape %s (%s): %s"
              .formatted(model, row.without(0), rows.name(), e.getMessage()),
          e);
    }
  }

  /** What {@code run.json} says of the last of some trainings. */
  public static Map<String, Object> record(
      Workload w, Split data, Training t, Seeds seeds, Device device) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("configuration", Configuration.of(w, data, seeds.runs().getLast().seed()));
    json.put("environment", Environment.of(device));
    json.put("test", t.test());
    json.put("epoch_losses", t.history().stream().map(Callback.Epoch::loss).toList());
    json.put("seconds", t.seconds());
    json.put("seeds", seeds.runs());
    json.put("hashes", Map.of(RunFolder.MODEL, t.model().hash()));
    return json;
  }

  /** Writes the model and {@code run.json}. */
  public static void write(RunFolder folder, Map<String, Object> record, Model model)
      throws IOException {
    folder.model(model);
    folder.json(record);
  }
}
