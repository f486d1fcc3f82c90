package dev.vitrine.bench.studio;

import dev.vitrine.bench.run.Reference;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Device;
import java.util.ArrayList;
import java.util.List;

/**
 * What the page shows: models, and the data that they were made for.
 *
 * @param name of the data
 * @param reference what methods compare a row with
 */
record Showcase(String name, Split data, Reference reference, List<Exhibit> exhibits)
    implements AutoCloseable {

  /** Refuses models that don't fit the data. */
  static Showcase of(
      String name, Split data, List<String> names, List<Model> models, Device device) {
    boolean images = data.test().inputs().shape().rank() == 4;
    var exhibits = new ArrayList<Exhibit>();
    for (int i = 0; i < models.size(); i++) {
      int outputs = Runs.outputs(models.get(i), name, data);
      exhibits.add(Exhibit.of(names.get(i), models.get(i), device, images, outputs));
    }
    return new Showcase(name, data, Reference.usual(data.train().inputs()), exhibits);
  }

  /** Of one row, [1, …]. */
  Shape row() {
    return data.test().inputs().shape().with(0, 1);
  }

  /** Whether rows are images [h, w, c]. */
  boolean images() {
    return row().rank() == 4;
  }

  /** Features of a row: pixels with all their channels, or columns. */
  int features() {
    return images() ? row().dim(1) * row().dim(2) : Math.toIntExact(row().size());
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
