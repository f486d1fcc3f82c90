package dev.vitrine.nn.train;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that decides the bits of the rest of a training, in one safetensors file: weights,
 * optimiser state, the best weights so far, and how far it had come. Written to a temporary file,
 * then renamed.
 */
final class Checkpoint {
  private static final String OPTIMIZER = "optimizer.";
  private static final String BEST = "best.";

  private Checkpoint() {}

  /** How far training has come, and the epochs behind it. */
  static final class Progress {
    final List<Callback.Epoch> history = new ArrayList<>();
    int epoch;
    int row;
    int step;
    int idle;
    double lossSum;
    double best = Double.POSITIVE_INFINITY;

    private final int rows;
    private final int batch;

    /** Of epochs of so many rows, a batch at a time. */
    Progress(int rows, int batch) {
      this.rows = rows;
      this.batch = batch;
    }

    Map<String, String> text() {
      Map<String, String> m = new LinkedHashMap<>();
      m.put("epoch", Integer.toString(epoch));
      m.put("row", Integer.toString(row));
      m.put("step", Integer.toString(step));
      m.put("idle", Integer.toString(idle));
      m.put("loss_sum", Double.toHexString(lossSum));
      m.put("best", Double.toHexString(best));
      m.put("history", history.stream().map(Progress::line).collect(Collectors.joining("\n")));
      return m;
    }

    /** Without its seconds, so that the same training writes the same file. */
    private static String line(Callback.Epoch e) {
      Evaluation v = e.validation();
      String loss = Double.toHexString(e.loss());
      return v == null
          ? loss
          : String.join(" ", loss, Double.toHexString(v.loss()), Double.toHexString(v.accuracy()));
    }

    private static Callback.Epoch epoch(int number, String line) {
      String[] words = line.split(" ");
      double[] numbers = new double[words.length];
      for (int i = 0; i < words.length; i++) {
        numbers[i] = Double.parseDouble(words[i]);
      }
      Evaluation v = words.length == 3 ? new Evaluation(numbers[1], numbers[2]) : null;
      return new Callback.Epoch(number, numbers[0], 0, v);
    }

    void read(Map<String, String> m) {
      epoch = Integer.parseInt(m.getOrDefault("epoch", ""));
      row = Integer.parseInt(m.getOrDefault("row", ""));
      step = Integer.parseInt(m.getOrDefault("step", ""));
      idle = Integer.parseInt(m.getOrDefault("idle", ""));
      lossSum = Double.parseDouble(m.getOrDefault("loss_sum", ""));
      best = Double.parseDouble(m.getOrDefault("best", ""));
      m.getOrDefault("history", "").lines().forEach(l -> history.add(epoch(history.size(), l)));
      if (history.size() != epoch) {
        throw new NumberFormatException(history.size() + " epochs listed, " + epoch + " needed");
      }
      if (row < 0 || row >= rows || row % batch != 0 || step < 0 || idle < 0) {
        throw new NumberFormatException(
            "row %d of %d in batches of %d, step %d, %d idle"
                .formatted(row, rows, batch, step, idle));
      }
    }
  }

  static void write(
      Path file,
      String settings,
      Progress at,
      Map<String, Tensor> weights,
      Map<String, Tensor> optimizer,
      Map<String, Tensor> best)
      throws IOException {
    Map<String, String> metadata = at.text();
    metadata.put("settings", settings);
    Safetensors.write(file, all(weights, optimizer, best), metadata);
  }

  /**
   * Continues from {@code file}; false if there is none. Refuses one that is damaged or belongs to
   * another training before anything is changed.
   */
  static boolean read(
      Path file,
      String settings,
      Progress at,
      Map<String, Tensor> weights,
      Map<String, Tensor> optimizer,
      Map<String, Tensor> best)
      throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (Memory memory = new Memory(file.toString())) {
      Safetensors saved = Safetensors.read(file, memory);
      String theirs = saved.metadata().getOrDefault("settings", "nothing");
      if (!theirs.equals(settings)) {
        throw new IllegalArgumentException(
            "%s belongs to another training (%s), this one is %s; delete it or choose another file"
                .formatted(file, theirs, settings));
      }
      Map<String, Tensor> wanted = all(weights, optimizer, best);
      Map<Tensor, Tensor> values = new LinkedHashMap<>();
      for (var e : wanted.entrySet()) {
        Tensor t = saved.tensors().get(e.getKey());
        if (t == null || t.dtype() != DType.FLOAT32 || !t.shape().equals(e.getValue().shape())) {
          throw new FormatException(
              file.toString(),
              "tensor \"%s\" of shape %s (FLOAT32) is needed, found %s"
                  .formatted(
                      e.getKey(),
                      e.getValue().shape(),
                      t == null ? "none" : t.shape() + " (" + t.dtype() + ")"));
        }
        values.put(e.getValue(), t);
      }
      try {
        at.read(saved.metadata());
      } catch (NumberFormatException e) {
        throw new FormatException(
            file.toString(), "the progress of the training is missing or damaged", e);
      }
      values.forEach((into, value) -> into.set(value));
      return true;
    }
  }

  private static Map<String, Tensor> all(
      Map<String, Tensor> weights, Map<String, Tensor> optimizer, Map<String, Tensor> best) {
    Map<String, Tensor> all = new LinkedHashMap<>(weights);
    optimizer.forEach((name, t) -> all.put(OPTIMIZER + name, t));
    best.forEach((name, t) -> all.put(BEST + name, t));
    return all;
  }
}
