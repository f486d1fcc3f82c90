package dev.vitrine.bench.studio;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.example.Change;
import dev.vitrine.xai.example.Counterfactual;
import java.util.List;

/**
 * The nearest change of a row that makes the model say another class, within the training range.
 */
final class NearestChange implements Answer {
  private final Lanes lanes;
  private final Columns columns;

  NearestChange(Lanes lanes, Columns columns) {
    this.lanes = lanes;
    this.columns = columns;
  }

  /**
   * @param x the changed row, base64
   * @param columns which elements changed
   */
  record Changed(
      boolean found, String x, List<Integer> columns, int before, int after, double distance) {}

  private record Work(String exhibit) {}

  @Override
  public Changed to(Asked asked) {
    Showcase showcase = asked.showcase();
    if (showcase.images()) {
      throw new IllegalArgumentException("changes are sought for tables; these are images");
    }
    Exhibit exhibit = asked.exhibit();
    Tensor x = asked.x();
    var search = Counterfactual.of(showcase.reference().data());
    float[] now = x.toFloats();
    for (int j = 0; j < now.length; j++) {
      Columns.Column c = columns.all().get(j);
      // what lies beyond the training range may stay there
      search = search.between(j, Math.min(c.low(), now[j]), Math.max(c.high(), now[j]));
    }
    Counterfactual within = search;
    Change change =
        lanes
            .run(new Work(exhibit.name()), () -> within.find(exhibit.closer(), x).getFirst())
            .result();
    return new Changed(
        change.found(),
        Floats.encoded(change.row().toFloats()),
        change.columns(),
        change.before(),
        change.after(),
        change.distance());
  }
}
