package dev.vitrine.nn.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which module belongs to which layer, and where each of its numbers goes. */
class TorchWeightsTest {
  private static final String EVERYTHING =
      "layerNorm(4, 5, 2) conv2d(2, 3, 2, bias=false) batchNorm(3) residual(conv2d(3, 3, 1)) relu"
          + " flatten layerNorm(36) linear(36, 4) relu linear(4, 4) block(linear(4, 2))";

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    try (Model model = model(EVERYTHING).init(3);
        Model other = model(EVERYTHING).init(4)) {
      TorchWeights.write(file, model, 2);
      TorchWeights.load(other, file, 2);
      assertEquals(model.hash(), other.hash());
    }
  }

  @Test
  void namesAndShapesAreThoseOfASequential() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    try (Model model = model(EVERYTHING);
        Memory memory = new Memory("test")) {
      TorchWeights.write(file, model, 2);
      Map<String, Shape> shapes = new LinkedHashMap<>();
      Safetensors.read(file, memory).tensors().forEach((name, t) -> shapes.put(name, t.shape()));
      assertEquals(Shape.of(2, 4, 5), shapes.get("0.weight"));
      assertEquals(Shape.of(3, 2, 2, 2), shapes.get("1.weight"));
      assertEquals(Shape.of(3), shapes.get("2.running_var"));
      assertEquals(Shape.of(3, 3, 1, 1), shapes.get("3.0.weight"));
      assertEquals(Shape.of(4, 36), shapes.get("7.weight"));
      assertEquals(Shape.of(2, 4), shapes.get("10.0.weight"));
    }
  }

  /** Column c·P + p of the file multiplies element p·C + c of the engine's row. */
  @Test
  void columnsBehindAFlattenedImageGoPixelByPixel() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    int channels = 3;
    int pixels = 4;
    float[] w = numbers(2 * 12);
    write(
        file, Map.of("conv.weight", zeros(3, 1, 2, 2), "fc.weight", Tensor.of(Shape.of(2, 12), w)));
    String layers = "conv2d(1, 3, 2, bias=false) relu flatten relu linear(12, 2, bias=false)";
    try (Model model = model(layers)) {
      TorchWeights.load(model, file, 1);
      Tensor ours = model.parameters().getLast().value();
      for (int p = 0; p < pixels; p++) {
        for (int c = 0; c < channels; c++) {
          for (int o = 0; o < 2; o++) {
            assertEquals(w[o * 12 + c * pixels + p], ours.at((p * channels + c) * 2L + o));
          }
        }
      }
    }
  }

  @Test
  void kernelsBecomeChannelsLast() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    float[] w = numbers(3 * 2 * 4 * 5);
    write(file, Map.of("c.weight", Tensor.of(Shape.of(3, 2, 4, 5), w)));
    try (Model model = model("conv2d(2, 3, 4x5, bias=false)")) {
      TorchWeights.load(model, file, 1);
      Tensor ours = model.parameters().getFirst().value();
      for (int i = 0; i < w.length; i++) {
        int x = i % 5;
        int y = i / 5 % 4;
        int in = i / 20 % 2;
        int out = i / 40;
        assertEquals(w[i], ours.at(((y * 5L + x) * 2 + in) * 3 + out));
      }
    }
  }

  /** Ten comes after two; the norm's count is no weight; order in the file means nothing. */
  @Test
  void modulesOfOneShapeGoByTheirNumbers() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (int k : new int[] {10, 0, 2}) {
      state.put("net." + k + ".weight", Tensor.of(Shape.of(1, 1), k));
    }
    state.put("bn.num_batches_tracked", Tensor.of(Shape.of(1), new int[] {7}));
    write(file, state);
    try (Model model = model(lines(3))) {
      TorchWeights.load(model, file, 1);
      assertArrayEquals(new float[] {0, 2, 10}, values(model));
    }
  }

  @Test
  void modulesThatAreCalledLikeTheLayersGoByName() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    write(
        file,
        Map.of(
            "block1.linear1.weight", Tensor.of(Shape.of(1, 1), 1f),
            "linear1.weight", Tensor.of(Shape.of(1, 1), 2f)));
    try (Model model = model("linear(1, 1, bias=false) block(linear(1, 1, bias=false))")) {
      TorchWeights.load(model, file, 1);
      assertArrayEquals(new float[] {2, 1}, values(model));
    }
  }

  @Test
  void whatIsAmbiguousIsRefusedWithBothSides() throws IOException {
    Tensor one = Tensor.of(Shape.of(1, 1), 1f);
    assertRefused(
        lines(2),
        Map.of("head.weight", one, "body.weight", one),
        "\"body\" and \"head\" have the same shapes",
        "which is \"linear1\" and which \"linear2\"");
    assertRefused(
        lines(2), Map.of("fc1.weight", one), "layers [linear1, linear2] need", "file: [fc1]");
    assertRefused(
        lines(1),
        Map.of("fc.weight", one, "more.bias", Tensor.of(Shape.of(5), new float[5])),
        "modules [more] fit no layer",
        "[linear1]");
    assertRefused(
        lines(1), Map.of("fc.weight", zeros(1, 2)), "{weight=[1, 1]}", "fc={weight=[1, 2]}");
  }

  private void assertRefused(String layers, Map<String, Tensor> state, String... words)
      throws IOException {
    Path file = folder.resolve("weights.safetensors");
    write(file, state);
    try (Model model = model(layers)) {
      String before = model.hash();
      var e = assertThrows(IllegalArgumentException.class, () -> TorchWeights.load(model, file, 1));
      for (String w : words) {
        assertTrue(e.getMessage().contains(w), e.getMessage());
      }
      assertEquals(before, model.hash(), "nothing has changed");
    }
  }

  @Test
  void namesAreOrderedAsPeopleCount() {
    var names = new ArrayList<>(List.of("a10", "a9", "b", "a9.2", "a09", "a"));
    names.sort(NaturalOrder.INSTANCE);
    assertEquals(List.of("a", "a09", "a9", "a9.2", "a10", "b"), names);
  }

  private static String lines(int n) {
    return "linear(1, 1, bias=false) ".repeat(n).strip();
  }

  private static Model model(String layers) {
    return new Model(Specification.parse(layers));
  }

  private static void write(Path file, Map<String, Tensor> state) throws IOException {
    Safetensors.write(file, state, Map.of("format", "pt"));
  }

  private static float[] values(Model model) {
    float[] all = new float[model.parameters().size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = model.parameters().get(i).value().item();
    }
    return all;
  }

  private static Tensor zeros(int... dims) {
    Shape s = Shape.of(dims);
    return Tensor.of(s, new float[(int) s.size()]);
  }

  private static float[] numbers(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = i + 1;
    }
    return x;
  }
}
