package dev.vitrine.bench.studio;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Studios with small models that were trained a moment ago. */
final class Rooms {
  private static final String CNN =
      "conv2d(1, 8, 3) relu maxPool2d(2) conv2d(8, 16, 3) relu maxPool2d(2) flatten linear(400, 10)";

  static final String MLP = "flatten linear(784, 32) relu linear(32, 10)";

  private Rooms() {}

  /** What a studio shows, and the studio. */
  record Room(Studio studio, Split data, List<Model> models) implements AutoCloseable {
    @Override
    public void close() {
      studio.close();
      models.forEach(Model::close);
      data.close();
    }
  }

  /** A CNN of digits that it gets right, most of the time. */
  static Room digits() throws IOException {
    return open(DrawnDigits.of(7, 3000, 100), 4, CNN);
  }

  /** That, and a perceptron beside it. */
  static Room two() throws IOException {
    return open(DrawnDigits.of(7, 1000, 100), 1, CNN, MLP);
  }

  /** Columns a, b, c; a and b decide about the class, c is noise. */
  static Room table() throws IOException {
    return open(new Split(rows(300), rows(40)), 20, "linear(3, 16) relu linear(16, 2)");
  }

  private static Dataset rows(int n) {
    float[] x = new float[3 * n];
    int[] y = new int[n];
    for (int i = 0; i < n; i++) {
      x[3 * i] = (i * 37 % 101) / 50f - 1;
      x[3 * i + 1] = (i * 53 % 97) / 48f - 1;
      x[3 * i + 2] = (i * 71 % 89) / 44f - 1;
      y[i] = x[3 * i] + x[3 * i + 1] > 0 ? 1 : 0;
    }
    return Dataset.labelled(
        "sums",
        Tensor.of(Shape.of(n, 3), x),
        Tensor.of(Shape.of(n), y),
        List.of("below", "above"),
        List.of("a", "b", "c"));
  }

  static Room open(Split data, int epochs, String... specifications) throws IOException {
    Device device = Device.standard();
    var models = new ArrayList<Model>();
    var names = new ArrayList<String>();
    for (String specification : specifications) {
      var model = new Model(Specification.parse(specification));
      new Trainer(model)
          .loss(Loss.crossEntropy())
          .optimizer(Optimizer.adam(3e-3f))
          .batch(32)
          .seed(7)
          .device(device)
          .fit(data.train(), epochs);
      models.add(model);
      names.add("model " + (char) ('A' + names.size()));
    }
    return new Room(
        Studio.open("drawn", data, names, models, device, "127.0.0.1", 0), data, models);
  }
}
