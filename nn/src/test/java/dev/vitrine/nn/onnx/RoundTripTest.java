package dev.vitrine.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.nn.Inference;
import dev.vitrine.nn.Inits;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.nn.Parameter;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Evaluation;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written as ONNX and read again is the same function, bit for bit. */
class RoundTripTest {
  @TempDir Path folder;

  /** The standard workloads, then every layer that a specification can name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "64 | linear(64, 32) relu linear(32, 10)",
        "28x28x1 | flatten linear(784, 16) relu linear(16, 64) relu linear(64, 10)",
        "28x28x1 | conv2d(1, 4, 3) relu maxPool2d(2) conv2d(4, 8, 3) relu maxPool2d(2) flatten"
            + " linear(200, 16) relu dropout(0.5) linear(16, 10)",
        "10 | linear(10, 64) relu linear(64, 64) relu linear(64, 1)",
        "9x8x3 | conv2d(3, 4, 3x2, stride=2x1, padding=1x0, bias=false) batchNorm(4) relu"
            + " avgPool2d(2, padding=1) flatten relu linear(48, 5) softmax",
        "9x8x4 | conv2d(4, 8, 3, dilation=2, groups=2) elu(alpha=0.7) maxPool2d(3, stride=1,"
            + " padding=1) avgPool2d(2, stride=1, padding=1, countPad=false) flatten linear(240, 3)",
        "6x6x3 | conv2d(3, 3, 3, padding=1) residual(conv2d(3, 3, 3, padding=1) relu)"
            + " globalAvgPool2d flatten linear(3, 4)",
        "7 | linear(7, 6, bias=false) leakyRelu tanh linear(6, 6) sigmoid residual(linear(6, 6)"
            + " silu) gelu softplus batchNorm(6) layerNorm(6) linear(6, 2)",
        "7 | linear(7, 6) geluTanh linear(6, 2)",
        "4x5x2 | layerNorm(4, 5, 2) block(conv2d(2, 3, 2) gelu) globalAvgPool2d flatten",
        "4x5x2 | conv2d(2, 3, 2) flatten layerNorm(36) linear(36, 2)",
        "4x5x2 | conv2d(2, 3, 2) relu",
      })
  void givesTheSameBits(String row, String layers) throws IOException {
    Shape shape = shape(row);
    Path file = folder.resolve("model.onnx");
    try (Model model = drawn(layers)) {
      Onnx.write(file, model, shape);
      try (Model read = Onnx.read(file)) {
        for (int rows : new int[] {1, 3, 5}) {
          Tensor x = inputs(shape.insert(0, rows));
          Tensor want = Inference.outputs(model, x);
          Tensor got = Inference.outputs(read, x);
          assertEquals(want.shape(), got.shape());
          assertArrayEquals(want.toFloats(), got.toFloats());
        }
        assertEquals(model.size(), read.size(), "as many trained values");
      }
    }
  }

  @Test
  void namesOfWeightsAndValuesSurvive() throws IOException {
    Path file = folder.resolve("model.onnx");
    try (Model model = drawn("conv2d(2, 3, 2) batchNorm(3) relu flatten linear(36, 2)")) {
      Onnx.write(file, model, Shape.of(4, 5, 2));
      try (Model read = Onnx.read(file)) {
        assertEquals(model.state().keySet(), read.state().keySet());
        assertEquals(model.hash(), read.hash());
      }
    }
  }

  @Test
  void whatNoLayerOfOursRecordsIsWrittenToo() throws IOException {
    byte[] file =
        Files.of(
            Shape.of(1, 4, 6),
            Shape.of(1, 4, 2),
            g -> {
              var ones = new Known.Real(Shape.of(4), new float[] {1, 2, 3, 4});
              String w = g.weight("w", ones);
              String a = g.node("", "BatchNormalization", List.of("x", w, w, w, w));
              String b = g.node("", "HardSigmoid", List.of(a));
              String c = g.node("", "Pow", List.of(b, g.number("", 3)));
              String d = g.node("", "Add", List.of(g.number("", 1), c));
              String e = g.node("", "Reciprocal", List.of(d));
              return g.node("", "Gather", List.of(e, g.wholes("", 5, 0)), GraphOut.with("axis", 2));
            });
    Tensor x = inputs(Shape.of(2, 4, 6));
    Path again = folder.resolve("again.onnx");
    try (Model read = Files.read(file)) {
      Onnx.write(again, read, Shape.of(4, 6));
      try (Model second = Onnx.read(again)) {
        assertEquals(Shape.of(2, 4, 2), Inference.outputs(read, x).shape());
        assertArrayEquals(
            Inference.outputs(read, x).toFloats(), Inference.outputs(second, x).toFloats());
      }
    }
  }

  @Test
  void nodesCarryTheNamesOfTheLayers() throws IOException {
    Path file = folder.resolve("model.onnx");
    try (Model model = drawn("residual(linear(3, 3)) gelu linear(3, 2)")) {
      Onnx.write(file, model, Shape.of(3));
    }
    try (Model read = Onnx.read(file);
        Tape tape = Tape.recording(Device.of("scalar", 1))) {
      read.record(tape.input("x", Shape.of(1, 3)), Mode.EVALUATION);
      List<String> names =
          tape.nodes().stream().filter(n -> !n.in().isEmpty()).map(Node::name).toList();
      assertEquals(
          List.of("residual1.linear1.Gemm", "residual1.Add", "gelu1.Mul_1", "linear1.Gemm"), names);
    }
  }

  @Test
  void aModelThatWasReadLearnsOn() throws IOException {
    Path file = folder.resolve("model.onnx");
    Path learnt = folder.resolve("learnt.onnx");
    Shape row = Shape.of(5, 4, 2);
    try (Model model = drawn("conv2d(2, 3, 2) batchNorm(3) relu flatten linear(36, 2)")) {
      Onnx.write(file, model, row);
    }
    Tensor labels = Tensor.of(Shape.of(8), new int[] {0, 1, 1, 0, 1, 0, 0, 1});
    try (Dataset data =
            Dataset.labelled("test", inputs(row.insert(0, 8)), labels, List.of("no", "yes"));
        Model read = Onnx.read(file)) {
      Trainer trainer = new Trainer(read).loss(Loss.crossEntropy()).batch(8).keepWeights();
      trainer.optimizer(Optimizer.adam(1e-2f)).fit(data, 30);
      Evaluation e = Evaluation.of(read, data, Loss.crossEntropy(), Device.of("scalar", 1));
      assertEquals(1, e.accuracy());
      Onnx.write(learnt, read, row);
      try (Model again = Onnx.read(learnt)) {
        assertEquals(read.hash(), again.hash());
      }
    }
  }

  @Test
  void aModelThatWasReadCanBeWrittenAgain() throws IOException {
    Path first = folder.resolve("first.onnx");
    Path second = folder.resolve("second.onnx");
    try (Model model = drawn("conv2d(2, 3, 2) gelu maxPool2d(2) flatten linear(6, 2)")) {
      Onnx.write(first, model, Shape.of(4, 5, 2));
      try (Model read = Onnx.read(first)) {
        Onnx.write(second, read, Shape.of(4, 5, 2));
        try (Model again = Onnx.read(second)) {
          assertEquals(model.hash(), again.hash());
        }
      }
    }
  }

  @Test
  void aModelThatWasReadHasNoSpecificationToSave() throws IOException {
    Path file = folder.resolve("model.onnx");
    try (Model model = drawn("linear(3, 2)")) {
      Onnx.write(file, model, Shape.of(3));
    }
    try (Model read = Onnx.read(file)) {
      Path to = folder.resolve("model.safetensors");
      var e =
          assertThrows(IllegalArgumentException.class, () -> ModelFile.write(to, read, Map.of()));
      assertTrue(e.getMessage().contains("Onnx.write"), e.getMessage());
    }
  }

  @Test
  void anewGivesTheSameGraphWithValuesDrawnAnew() throws IOException {
    Path file = folder.resolve("model.onnx");
    try (Model model = drawn("linear(3, 8) relu linear(8, 2)")) {
      Onnx.write(file, model, Shape.of(3));
    }
    Tensor x = inputs(Shape.of(4, 3));
    try (Model read = Onnx.read(file);
        Model other = new Model(read.layer().anew())) {
      float[] drawn = Inference.outputs(other, x).toFloats();
      assertTrue(drawn[0] != Inference.outputs(read, x).at(0), "its weights are others");
      other.load(read.state());
      assertArrayEquals(
          Inference.outputs(read, x).toFloats(), Inference.outputs(other, x).toFloats());
    }
  }

  /** Statistics and biases too are no zeros and ones, or nothing would show where they go. */
  static Model drawn(String layers) {
    var model = new Model(Specification.parse(layers));
    int number = 0;
    for (Parameter p : model.parameters()) {
      boolean positive = p.name().endsWith("running_var");
      Inits.uniform(0.5).fill(p.value(), 3, 100 + number++);
      for (long i = 0; positive && i < p.shape().size(); i++) {
        p.value().put(i, 1 + p.value().at(i));
      }
    }
    return model;
  }

  static Tensor inputs(Shape shape) {
    Tensor x = Tensor.of(shape, new float[(int) shape.size()]);
    Inits.uniform(2).fill(x, 5, 0);
    return x;
  }

  private static Shape shape(String row) {
    String[] extents = row.split("x");
    int[] d = new int[extents.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = Integer.parseInt(extents[i]);
    }
    return Shape.of(d);
  }
}
