package dev.vitrine.bench.studio;

import dev.vitrine.bench.run.Reference;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Column;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows: models, and the data that they were made for.
 *
 * @param name of the data
 * @param columns of a table; null of images
 * @param starts where the elements of each feature begin in a row, and the end: a pixel has its
 *     channels, a column what it was encoded into
 * @param reference what methods compare a row with
 */
record Showcase(
    String name,
    Split data,
    @Nullable Columns columns,
    int[] starts,
    Reference reference,
    List<Exhibit> exhibits)
    implements AutoCloseable {

  /** Refuses models that don't fit the data. */
  static Showcase of(
      String name, Split data, List<String> names, List<Model> models, Device device) {
    Shape row = data.test().inputs().shape();
    boolean images = row.rank() == 4;
    var exhibits = new ArrayList<Exhibit>();
    for (int i = 0; i < models.size(); i++) {
      int outputs = Runs.outputs(models.get(i), name, data);
      exhibits.add(Exhibit.of(names.get(i), models.get(i), device, images, outputs));
    }
    Columns columns = images ? null : Columns.of(data);
    int[] starts = columns == null ? pixels(row) : columns(columns);
    Reference reference = Reference.usual(data.train().inputs());
    return new Showcase(name, data, columns, starts, reference, exhibits);
  }

  private static int[] pixels(Shape row) {
    int[] starts = new int[row.dim(1) * row.dim(2) + 1];
    Arrays.setAll(starts, i -> i * row.dim(3));
    return starts;
  }

  private static int[] columns(Columns columns) {
    List<Column> all = columns.encoding().columns();
    int[] starts = new int[all.size() + 1];
    for (int j = 0; j < all.size(); j++) {
      starts[j + 1] = starts[j] + all.get(j).width();
    }
    return starts;
  }

  /** Of one row, [1, …]. */
  Shape row() {
    return data.test().inputs().shape().with(0, 1);
  }

  /** Whether rows are images [h, w, c]. */
  boolean images() {
    return columns == null;
  }

  /** Features of a row: pixels with all their channels, or columns. */
  int features() {
    return starts.length - 1;
  }

  /** The sum over each feature, row after row. */
  float[] perFeature(float[] values) {
    int width = starts[features()];
    if (width == features()) {
      return values;
    }
    float[] sums = new float[values.length / width * features()];
    for (int i = 0; i < sums.length; i++) {
      int row = i / features() * width;
      int feature = i % features();
      for (int e = starts[feature]; e < starts[feature + 1]; e++) {
        sums[i] += values[row + e];
      }
    }
    return sums;
  }

  /** A row as the page holds it: pixels in base64, or the values of columns. */
  Object page(float[] row) {
    return columns == null ? Floats.encoded(row) : columns.encoding().decode(row);
  }

  /** Names of the classes; none if models give values. */
  List<String> classes() {
    return data.test().classes();
  }

  @Override
  public void close() {
    exhibits.forEach(Exhibit::close);
  }
}
