package dev.vitrine.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
  @TempDir Path folder;

  private static Map<String, Tensor> tensor(float... values) {
    return Map.of("w", Tensor.of(Shape.of(values.length), values));
  }

  private static Checkpoint.Progress progress() {
    var at = new Checkpoint.Progress(20, 5);
    at.epoch = 2;
    at.row = 10;
    at.step = 12;
    at.idle = 1;
    at.lossSum = 0.1;
    at.best = 1.0 / 3;
    at.history.add(new Callback.Epoch(0, 0.7, 3.5, new Evaluation(0.8, Double.NaN)));
    at.history.add(new Callback.Epoch(1, 0.6, 3.5, null));
    return at;
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve("c");
    Checkpoint.write(file, "s", progress(), tensor(1), tensor(2, 3), tensor(4));
    var at = new Checkpoint.Progress(20, 5);
    Map<String, Tensor> w = tensor(0);
    Map<String, Tensor> o = tensor(0, 0);
    Map<String, Tensor> b = tensor(0);
    assertTrue(Checkpoint.read(file, "s", at, w, o, b));
    assertEquals(progress().text(), at.text());
    assertEquals(new Evaluation(0.8, Double.NaN), at.history.getFirst().validation());
    assertEquals(0, at.history.getFirst().seconds(), "another process spent them");
    assertArrayEquals(new float[] {1}, w.get("w").toFloats());
    assertArrayEquals(new float[] {2, 3}, o.get("w").toFloats());
    assertArrayEquals(new float[] {4}, b.get("w").toFloats());
  }

  @Test
  void noFileMeansNothingToResume() throws IOException {
    var at = new Checkpoint.Progress(20, 5);
    assertFalse(Checkpoint.read(folder.resolve("none"), "s", at, tensor(1), Map.of(), Map.of()));
  }

  @Test
  void missingAndMisshapenTensorsAreRefusedBeforeAnyIsChanged() throws IOException {
    Path file = folder.resolve("c");
    Checkpoint.write(file, "s", progress(), tensor(1), tensor(2, 3), Map.of());
    Map<String, Tensor> w = tensor(7);
    var at = new Checkpoint.Progress(20, 5);
    var missing =
        assertThrows(
            FormatException.class,
            () -> Checkpoint.read(file, "s", at, w, tensor(0, 0), tensor(0)));
    assertTrue(missing.getMessage().contains("\"best.w\""), missing.getMessage());
    var shape =
        assertThrows(
            FormatException.class,
            () -> Checkpoint.read(file, "s", at, w, tensor(0, 0, 0), Map.of()));
    assertTrue(shape.getMessage().contains("\"optimizer.w\""), shape.getMessage());
    assertArrayEquals(new float[] {7}, w.get("w").toFloats());
  }

  @ParameterizedTest
  @CsvSource({"row,-5", "row,20", "row,7", "step,-1", "idle,-1", "epoch,-1", "epoch,3"})
  void progressThatNoTrainingMakesIsDamaged(String key, String value) throws IOException {
    refused(key, value);
  }

  @Test
  void damagedProgressIsRefusedBeforeAnythingIsChanged() throws IOException {
    for (String key : progress().text().keySet()) {
      refused(key, "twelve");
    }
  }

  private void refused(String key, String value) throws IOException {
    Map<String, String> metadata = progress().text();
    metadata.put("settings", "s");
    metadata.put(key, value);
    Path file = folder.resolve("c");
    Map<String, Tensor> w = tensor(7);
    Safetensors.write(file, tensor(1), metadata);
    var e =
        assertThrows(
            FormatException.class,
            () -> Checkpoint.read(file, "s", new Checkpoint.Progress(20, 5), w, Map.of(), Map.of()),
            key);
    assertTrue(e.getMessage().contains("progress"), e.getMessage());
    assertArrayEquals(new float[] {7}, w.get("w").toFloats());
  }
}
