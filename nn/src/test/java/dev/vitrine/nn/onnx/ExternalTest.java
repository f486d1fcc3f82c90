package dev.vitrine.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.io.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights in a file of their own, as exporters write them for large models. */
class ExternalTest {
  @TempDir Path folder;

  /** y = x·w, w [2, 1] in another file. */
  private Path model(String location, String offset, String length) throws IOException {
    var node = new WireOut().text(1, "x").text(1, "w").text(2, "y").text(4, "MatMul");
    var weight = new WireOut().whole(1, 2).whole(1, 1).whole(2, 1).text(8, "w").whole(14, 1);
    weight.message(13, new WireOut().text(1, "location").text(2, location));
    weight.message(13, new WireOut().text(1, "offset").text(2, offset));
    weight.message(13, new WireOut().text(1, "length").text(2, length));
    var dims =
        new WireOut()
            .message(1, new WireOut().text(2, "batch"))
            .message(1, new WireOut().whole(1, 2));
    var type = new WireOut().message(1, new WireOut().whole(1, 1).message(2, dims));
    var graph = new WireOut().message(1, node).message(5, weight);
    graph.message(11, new WireOut().text(1, "x").message(2, type));
    graph.message(12, new WireOut().text(1, "y"));
    var file = new WireOut().whole(1, 8).message(7, graph).message(8, new WireOut().whole(2, 17));
    return Files.write(folder.resolve("model.onnx"), file.toBytes());
  }

  private void data() throws IOException {
    byte[] bytes =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(9)
            .putFloat(5)
            .putFloat(7)
            .array();
    Files.write(folder.resolve("model.onnx.data"), bytes);
  }

  @Test
  void weightsAreReadWhereTheyLie() throws IOException {
    data();
    try (Model m = Onnx.read(model("model.onnx.data", "4", "8"))) {
      assertArrayEquals(new float[] {5, 7}, m.parameters().getFirst().value().toFloats());
    }
  }

  @Test
  void onlyFilesBesideTheModelAreOpened() throws IOException {
    data();
    refused("no file in the same folder", model("missing", "0", "8"));
    refused("no file in the same folder", model("..", "0", "8"));
    refused("no file in the same folder", model("../model.onnx.data", "4", "8"));
    refused(
        "no file in the same folder",
        model(folder.resolve("model.onnx.data").toString(), "4", "8"));
    refused("which has 12", model("model.onnx.data", "8", "8"));
    refused("which has 12", model("model.onnx.data", "13", "0"));
    refused("a number is needed", model("model.onnx.data", "-4", "8"));
    refused("has 4 bytes, its shape [2, 1] needs 8", model("model.onnx.data", "8", "4"));
  }

  private static void refused(String says, Path file) {
    var e = assertThrows(FormatException.class, () -> Onnx.read(file));
    assertTrue(e.getMessage().contains(says), e.getMessage());
  }
}
