package dev.vitrine.bench.studio;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Encoding;
import dev.vitrine.nn.data.Roles;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.data.Table;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Trainer;
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

  /** Columns a, b, town; all decide about the class, which a model tells by two outputs. */
  static Room table() throws IOException {
    return open(rows(), 20, "linear(4, 16) relu linear(16, 2)");
  }

  /** The same rows, and a model with one output. */
  static Room single() throws IOException {
    return open(rows(), 20, "linear(4, 16) relu linear(16, 1)");
  }

  /** a from 10 to 30, b from 0.5 to 0.9, and a town that is worth a quarter of a's range. */
  private static Split rows() {
    var rows = new ArrayList<Table.Row>();
    for (int i = 0; i < 340; i++) {
      int a = 10 + i * 37 % 21;
      int b = 500 + i * 53 % 401;
      boolean rome = i * 71 % 89 % 2 == 0;
      double sum = (a - 20) / 10.0 + (b - 700) / 200.0 + (rome ? 0.5 : -0.5);
      rows.add(
          new Table.Row(
              i + 1,
              List.of(
                  "" + a, b / 1000.0 + "", rome ? "Rome" : "Bonn", sum > 0 ? "above" : "below")));
    }
    var table =
        new Table("sums", List.of("a", "b", "town", "sum"), rows, List.of("below", "above"));
    return Encoding.split(table, 300, Roles.label("sum"));
  }

  static Room open(Split data, int epochs, String... specifications) throws IOException {
    Device device = Device.standard();
    var models = new ArrayList<Model>();
    var names = new ArrayList<String>();
    for (String specification : specifications) {
      var model = new Model(Specification.parse(specification));
      boolean single = specification.endsWith(", 1)");
      new Trainer(model)
          .loss(single ? Loss.bceWithLogits() : Loss.crossEntropy())
          .optimizer(Optimizer.adam(3e-3f))
          .batch(32)
          .seed(7)
          .device(device)
          .fit(single ? data.train().binary() : data.train(), epochs);
      models.add(model);
      names.add("model " + (char) ('A' + names.size()));
    }
    return new Room(
        Studio.open("drawn", data, names, models, device, "127.0.0.1", 0), data, models);
  }
}
