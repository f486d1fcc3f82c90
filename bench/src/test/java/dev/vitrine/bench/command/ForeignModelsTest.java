package dev.vitrine.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of other tools on the command line, there and back. */
class ForeignModelsTest {
  private static final String IMAGES = "conv2d(1, 2, 3) relu flatten linear(8, 10)";

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void openTheCommandLine() {
    cli = new Cli(folder);
  }

  private String good(Object... words) {
    Cli.Answer a = cli.run(words);
    assertEquals(0, a.code(), a.err());
    return a.out();
  }

  private void refused(String says, Object... words) {
    Cli.Answer a = cli.run(words);
    assertEquals(2, a.code(), () -> a.out() + a.err());
    assertEquals(1, a.err().lines().count(), a.err());
    assertTrue(a.err().contains(says), () -> "\"" + says + "\" in: " + a.err());
  }

  private Path trained() throws IOException {
    good(
        "train",
        "--data",
        "mnist",
        "--data-dir",
        cli.images(),
        "--model",
        IMAGES,
        "--epochs",
        1,
        "--batch",
        10,
        "--backend",
        "scalar",
        "--out",
        cli.path("run"));
    return cli.path("run/model.safetensors");
  }

  /** The same model hash, accuracy and attributions; every command takes the file. */
  @Test
  void anOnnxFileIsAModelLikeAnyOther() throws IOException {
    Path model = trained();
    Path onnx = cli.path("model.onnx");
    Object[] data = {"--data", "mnist", "--data-dir", cli.path("data")};
    String said = good(join("export", model, "--out", onnx, data));
    assertTrue(said.contains("for rows of shape [4, 4, 1]"), said);
    assertEquals(good(join("eval", model, data)), good(join("eval", onnx, data)));
    for (Path m : new Path[] {model, onnx}) {
      Path out = cli.path("explained-" + m.getFileName());
      good(
          join(
              "explain",
              m,
              data,
              "--method",
              "integrated-gradients,lrp-epsilon,deeplift",
              "--out",
              out));
    }
    for (String method : new String[] {"integrated-gradients", "lrp-epsilon", "deeplift"}) {
      assertEquals(
          -1,
          Files.mismatch(
              cli.path("explained-model.safetensors/" + method + ".npy"),
              cli.path("explained-model.onnx/" + method + ".npy")));
    }
    good(join("score", onnx, data, "--rows", "0-1", "--method", "saliency"));
    good(
        join(
            "compare",
            onnx,
            data,
            "--rows",
            "0-1",
            "--method",
            "saliency",
            "--metric",
            "deletion"));
  }

  @Test
  void weightsGoToPyTorchAndComeBack() throws IOException {
    Path model = trained();
    Path weights = cli.path("state.safetensors");
    Path back = cli.path("back.safetensors");
    good("export", model, "--out", weights);
    good("import", weights, "--model", IMAGES, "--out", back);
    assertEquals(-1, Files.mismatch(model, back));
  }

  @Test
  void badInputIsASentence() throws IOException {
    Path model = trained();
    Path onnx = cli.path("model.onnx");
    refused("--input 28x28x1", "export", model, "--out", onnx);
    refused("write extents as 28x28x1", "export", model, "--out", onnx, "--input", "4x4x");
    refused("input has 3 channels", "export", model, "--out", onnx, "--input", "4x4x3");
    refused("end the name in .onnx", "export", model, "--out", cli.path("model.pt"));
    good("export", model, "--out", onnx, "--input", "4x4x1");
    refused("takes it as it is", "import", onnx, "--out", cli.path("x.safetensors"));
    refused("--model LAYERS is missing", "import", cli.path("w.safetensors"));
    byte[] all = Files.readAllBytes(onnx);
    Files.write(onnx, Arrays.copyOf(all, all.length / 2));
    refused("truncated", "eval", onnx, "--data", "mnist", "--data-dir", cli.path("data"));
    Path weights = cli.path("state.safetensors");
    good("export", model, "--out", weights);
    refused(
        "layers [linear1] need",
        "import",
        weights,
        "--model",
        "linear(3, 4)",
        "--out",
        cli.path("x.safetensors"));
  }

  private static Object[] join(Object first, Object second, Object... more) {
    return Stream.concat(Stream.of(first, second), flat(more)).toArray();
  }

  private static Stream<Object> flat(Object... words) {
    return Arrays.stream(words)
        .flatMap(w -> w instanceof Object[] many ? flat(many) : Stream.of(w));
  }
}
