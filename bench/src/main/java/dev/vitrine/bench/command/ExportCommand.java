package dev.vitrine.bench.command;

import dev.vitrine.bench.run.ModelFiles;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.onnx.Onnx;
import dev.vitrine.nn.torch.TorchWeights;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine export MODEL --out FILE}: a model for other tools. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Write a model as ONNX, or its weights as PyTorch takes them.")
public final class ExportCommand implements Callable<Integer> {
  private static final String WEIGHTS = ".safetensors";

  @Parameters(paramLabel = "MODEL", description = ModelFiles.KINDS + ".")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = {
        "FILE.onnx: the graph with its weights, for any number of rows.",
        "FILE.safetensors: the state_dict of a torch.nn.Sequential of the same layers."
      })
  private Path to = Path.of("");

  @Mixin private RowOption row = new RowOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    boolean onnx = Onnx.isNamedSo(to);
    if (!onnx && !to.toString().endsWith(WEIGHTS)) {
      throw new IllegalArgumentException(
          "--out %s: end the name in .onnx or %s, which says what is written"
              .formatted(to, WEIGHTS));
    }
    OutputFile.refuseUnwritable("--out", to);
    try (Model model = ModelFiles.read(file)) {
      var out = spec.commandLine().getOut();
      if (onnx) {
        Shape shape = row.of(model);
        Onnx.write(to, model, shape);
        out.println("written to %s, for rows of shape %s".formatted(to, shape));
      } else {
        TorchWeights.write(to, model, row.channels());
        out.println("written to %s, for a torch.nn.Sequential of %s".formatted(to, model));
      }
      out.flush();
    }
    return 0;
  }
}
