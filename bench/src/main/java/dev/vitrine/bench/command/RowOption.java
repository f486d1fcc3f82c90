package dev.vitrine.bench.command;

import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.layer.Linear;
import dev.vitrine.nn.layer.Sequential;
import dev.vitrine.nn.onnx.OnnxGraph;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What one input of a model looks like, where its layers leave that open. */
final class RowOption {
  @Option(
      names = "--input",
      paramLabel = "HxWxC",
      description = {
        "The shape of one input: 28x28x1 for images, 64 for a row of numbers.",
        "Not needed where the first layer is linear, nor with --data."
      })
  private @Nullable String input;

  @Mixin private DataOptions data = new DataOptions();

  /** The shape, from the option, the data or the model; refuses to guess. */
  Shape of(Model model) throws IOException {
    Shape row = given();
    row = row == null ? known(model.layer()) : row;
    if (row == null) {
      throw new IllegalArgumentException(
          "the layers \"%s\" take rows of several shapes: name one with --input 28x28x1 or --data NAME"
              .formatted(model));
    }
    return row;
  }

  /** Channels of the images that go in; 1 where nobody says. */
  int channels() throws IOException {
    Shape row = given();
    return row != null && row.rank() == 3 ? row.dim(2) : 1;
  }

  private @Nullable Shape given() throws IOException {
    if (input != null) {
      return parse(input);
    }
    if (data.name() == null) {
      return null;
    }
    try (Split split = data.load()) {
      return split.test().inputs().shape().without(0);
    }
  }

  private static @Nullable Shape known(Layer l) {
    return switch (l) {
      case OnnxGraph g -> g.row();
      case Linear x -> Shape.of(x.parameters().getFirst().shape().dim(0));
      case Sequential s when !s.layers().isEmpty() -> known(s.layers().getFirst());
      default -> null;
    };
  }

  private static Shape parse(String text) {
    String[] parts = text.split("x", -1);
    int[] d = new int[parts.length];
    try {
      for (int i = 0; i < d.length; i++) {
        d[i] = Integer.parseInt(parts[i]);
        if (d[i] < 1) {
          throw new NumberFormatException(text);
        }
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--input %s: write extents as 28x28x1, or one number".formatted(text), e);
    }
    return Shape.of(d);
  }
}
