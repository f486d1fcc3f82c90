package dev.vitrine.bench.gallery;

import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.List;

/**
 * People that nobody asked: eight columns, of which age, pulse, sleep and steps decide whether a
 * runner finishes, steps only those of the old, and two nothing at all.
 *
 * @param raw the columns in their own units, [n, 8]
 * @param data the same with mean 0 and deviation 1, and whether they finish
 */
record DrawnTable(Tensor raw, Dataset data) {
  static final List<String> COLUMNS =
      List.of("age", "height", "weight", "resting pulse", "sleep", "steps", "coffee", "shoe size");

  private static final double[] MEAN = {40, 172, 72, 66, 7, 8000, 2, 41};
  private static final double[] DEVIATION = {12, 9, 11, 8, 1, 2500, 1, 2.5};
  private static final int SIZE = COLUMNS.size();

  /** So many rows; the same for the same seed. */
  static DrawnTable of(long seed, int rows) {
    float[] raw = new float[rows * SIZE];
    float[] standard = new float[rows * SIZE];
    int[] labels = new int[rows];
    for (int r = 0; r < rows; r++) {
      var random = new RandomStream(seed, 0, r);
      double[] z = new double[SIZE];
      for (int j = 0; j < SIZE; j++) {
        z[j] = random.normal();
      }
      // Tall people weigh more and have larger feet.
      z[2] = 0.6 * z[1] + 0.8 * z[2];
      z[7] = 0.8 * z[1] + 0.6 * z[7];
      double fit = -1.2 * z[0] - 0.8 * z[3] - 0.6 * z[4] * z[4] + 0.5 * z[2] + 0.6;
      double steps = z[0] > 0 ? 1.2 * z[5] : 0;
      labels[r] = fit + steps + 0.3 * random.normal() > 0 ? 1 : 0;
      for (int j = 0; j < SIZE; j++) {
        standard[r * SIZE + j] = (float) z[j];
        raw[r * SIZE + j] = (float) (MEAN[j] + DEVIATION[j] * z[j]);
      }
    }
    Shape shape = Shape.of(rows, SIZE);
    var classes = List.of("gives up", "finishes");
    return new DrawnTable(
        Tensor.of(shape, raw),
        Dataset.labelled(
            "drawn table",
            Tensor.of(shape, standard),
            Tensor.of(Shape.of(rows), labels),
            classes,
            COLUMNS));
  }

  /** Rows in their own units as the network wants them. */
  static Tensor standardised(Tensor raw) {
    float[] values = raw.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - MEAN[i % SIZE]) / DEVIATION[i % SIZE]);
    }
    return Tensor.of(raw.shape(), values);
  }
}
