package dev.vitrine.bench.command;

import dev.vitrine.bench.run.Models;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.nn.onnx.Onnx;
import dev.vitrine.nn.torch.TorchWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine import FILE --model LAYERS --out MODEL}: PyTorch's weights in a model file. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Make a model file from weights that PyTorch saved.")
public final class ImportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "A state_dict as .safetensors (safetensors.torch.save_file).")
  private Path file = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "LAYERS",
      description = "The layers that the weights belong to: \"linear(64, 10)\".")
  private @Nullable String layers;

  @Option(names = "--out", paramLabel = "MODEL", description = "The model file to write.")
  private @Nullable Path to;

  @Mixin private RowOption row = new RowOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (Onnx.isNamedSo(file)) {
      throw new IllegalArgumentException(
          "%s names its layers itself: every command that takes a MODEL takes it as it is"
              .formatted(file));
    }
    if (layers == null || to == null) {
      throw new IllegalArgumentException(
          "%s is missing: the file holds weights alone"
              .formatted(layers == null ? "--model LAYERS" : "--out MODEL"));
    }
    OutputFile.refuseUnwritable("--out", to);
    try (Model model = Models.of(layers)) {
      TorchWeights.load(model, file, row.channels());
      ModelFile.write(to, model, Map.of());
      var out = spec.commandLine().getOut();
      out.println("written to %s, model hash %s".formatted(to, model.hash()));
      out.flush();
    }
    return 0;
  }
}
