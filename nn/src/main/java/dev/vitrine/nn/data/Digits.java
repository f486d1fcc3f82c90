package dev.vitrine.nn.data;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import java.io.IOException;

/**
 * 1797 small handwritten digits: 8 × 8 counts of ink from 0 to 16, here divided by 16.
 *
 * <p>Alpaydin, Kaynak: Optical recognition of handwritten digits, UCI (1998), the test part, as
 * scikit-learn ships it.
 */
public final class Digits {
  private static final int PIXELS = 64;
  private static final int DARKEST = 16;
  private static final int TRAIN = 1000;

  private Digits() {}

  /** The first 1000 for training, the other 797 for testing; inputs [n, 64], labels [n]. */
  public static Split load(DataDir dir) throws IOException {
    var table = Table.read(dir.file("digits/digits.csv.gz"), Csv.unnamed());
    if (table.columns().size() != PIXELS + 1 || table.rows().size() <= TRAIN) {
      throw new IOException(
          "%s has %d rows of %d cells, expected 1797 of 65"
              .formatted(table.source(), table.rows().size(), table.columns().size()));
    }
    return new Split(
        dataset("digits, train", table.slice(0, TRAIN)),
        dataset("digits, test", table.slice(TRAIN, table.rows().size())));
  }

  private static Dataset dataset(String name, Table table) {
    var n = table.rows().size();
    var memory = new Memory(name);
    var inputs = memory.floats(Shape.of(n, PIXELS));
    var labels = memory.ints(Shape.of(n));
    for (var i = 0; i < n; i++) {
      var row = table.rows().get(i);
      for (var p = 0; p < PIXELS; p++) {
        inputs.put((long) i * PIXELS + p, (float) table.number(row, p) / DARKEST);
      }
      labels.putInt(i, (int) table.number(row, PIXELS));
    }
    return Dataset.labelled(name, inputs, labels, GreyImages.DIGITS);
  }
}
