package dev.vitrine.nn.train;

import static dev.vitrine.nn.layer.Layers.batchNorm;
import static dev.vitrine.nn.layer.Layers.dropout;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.relu;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.List;

/** A small table and a small model with everything that has state: batch norm, dropout, Adam. */
final class Rows {
  static final Device SCALAR = Device.of("scalar", 1);
  static final int BATCH = 5;

  private Rows() {}

  /**
   * n rows of 3 numbers; label: which is the largest. Labels {@code turned} are wrong for all rows.
   */
  static Dataset of(int n, long seed, boolean turned) {
    var memory = new Memory("rows");
    Tensor x = memory.floats(Shape.of(n, 3));
    Tensor y = memory.ints(Shape.of(n));
    var random = new RandomStream(seed, 0, 0);
    for (int r = 0; r < n; r++) {
      int largest = 0;
      for (int i = 0; i < 3; i++) {
        x.put(3L * r + i, (float) random.normal());
        largest = x.at(3L * r + i) > x.at(3L * r + largest) ? i : largest;
      }
      y.putInt(r, turned ? (largest + 1) % 3 : largest);
    }
    return Dataset.labelled("rows", x, y, List.of("a", "b", "c"));
  }

  /** 22 rows: four batches of five, and two rows. */
  static Dataset of() {
    return of(22, 1, false);
  }

  static Model model() {
    return Model.sequential(linear(3, 8), batchNorm(8), relu(), dropout(0.5f), linear(8, 3));
  }

  static Trainer trainer(Model model) {
    return new Trainer(model).device(SCALAR).optimizer(Optimizer.adam(0.02f)).seed(3).batch(BATCH);
  }
}
