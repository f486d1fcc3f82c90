package dev.vitrine.bench.conformance;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.dropout;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.gelu;
import static dev.vitrine.nn.layer.Layers.leakyRelu;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;
import static dev.vitrine.nn.layer.Layers.sigmoid;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import java.util.List;
import java.util.Random;

/** Two small networks for 28 × 28 grey images, five such images, and the backends that are here. */
final class Networks {
  static final int ROWS = 5;
  static final int[] LABELS = {3, 1, 4, 1, 5};

  private Networks() {}

  static Model cnn() {
    return Model.sequential(
        conv2d(1, 8, 3),
        relu(),
        maxPool2d(2),
        conv2d(8, 12, 3),
        relu(),
        maxPool2d(2),
        conv2d(12, 6, 2),
        leakyRelu(0.1f),
        flatten(),
        linear(96, 20),
        relu(),
        dropout(0.5f),
        linear(20, 10));
  }

  static Model mlp() {
    return Model.sequential(
        flatten(), linear(784, 30), sigmoid(), linear(30, 30), gelu(), linear(30, 10));
  }

  static Tensor images() {
    var random = new Random(3);
    var x = new float[ROWS * 784];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() - 0.3f;
    }
    return Tensor.of(Shape.of(ROWS, 28, 28, 1), x);
  }

  /** Names of the backends that can be used here. */
  static List<String> backends() {
    return Device.backends().stream()
        .filter(b -> b.unavailable() == null)
        .map(Backend::name)
        .toList();
  }
}
