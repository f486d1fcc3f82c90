package dev.vitrine.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.nn.Inference;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.nn.torch.TorchWeights;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Npy;
import dev.vitrine.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that PyTorch made, their state_dict loaded into layers: the outputs are PyTorch's. */
class GoldenWeightsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a_mlp | a_forward_mlp | linear(10, 16) relu linear(16, 8) relu linear(8, 3)",
        "a_cnn | a_forward_cnn | conv2d(1, 4, 3) relu maxPool2d(2) conv2d(4, 8, 3, padding=1) relu"
            + " avgPool2d(2) flatten linear(32, 16) relu linear(16, 3)",
        "b_cnn_bn | b_forward_cnn_bn | conv2d(3, 4, 3, padding=1, bias=false)"
            + " batchNorm(4, epsilon=0.001) relu residual(conv2d(4, 4, 3, padding=2, dilation=2)"
            + " batchNorm(4)) relu conv2d(4, 8, 2, stride=2, groups=4) relu avgPool2d(2) flatten"
            + " linear(32, 5)",
        "m_mnist_cnn | m_trained_forward | conv2d(1, 32, 3) relu maxPool2d(2) conv2d(32, 64, 3)"
            + " relu maxPool2d(2) flatten linear(1600, 128) relu dropout(0.5) linear(128, 10)"
      })
  void outputsAreThoseOfPyTorch(String model, String id, String layers) throws IOException {
    String root = System.getenv("VITRINE_GOLDEN");
    if (root == null) {
      System.out.println(
          "GoldenWeightsTest is skipped: VITRINE_GOLDEN does not name a tree of golden cases");
    }
    Assumptions.assumeTrue(root != null, "VITRINE_GOLDEN does not name a tree of golden cases");
    Path weights = folder.resolve("state_dict.safetensors");
    GoldenCase golden = GoldenCase.read(Path.of(root).resolve("cases").resolve(id));
    try (Memory memory = new Memory("test");
        Model ours = new Model(Specification.parse(layers))) {
      Safetensors.write(
          weights, arrays(Path.of(root, "models", model), memory), Map.of("format", "pt"));
      TorchWeights.load(ours, weights, 1);
      Tensor x = Layout.IMAGE.toEngine(golden.input("x")).tensor(memory);
      Numbers y = Numbers.of(Inference.outputs(ours, x));
      Expected want =
          golden.expected("float32").stream()
              .filter(e -> e.name().equals("output"))
              .findFirst()
              .orElseThrow();
      Verdict v = want.judge(y);
      assertEquals("", v.reason());
    }
  }

  /** {@code conv1.weight.npy} … by their names in PyTorch. */
  private static Map<String, Tensor> arrays(Path dir, Memory memory) throws IOException {
    List<Path> files;
    try (var all = Files.list(dir)) {
      files = all.filter(f -> f.toString().endsWith(".npy")).toList();
    }
    Map<String, Tensor> state = new TreeMap<>();
    for (Path f : files) {
      state.put(f.getFileName().toString().replace(".npy", ""), Npy.read(f, memory));
    }
    return state;
  }
}
