package dev.vitrine.bench.studio;

import dev.vitrine.nn.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The columns of a table as its training rows show them: what sliders need. */
record Columns(List<Column> all) {
  /**
   * @param median where a slider starts
   * @param whole whether training rows hold whole numbers only
   */
  record Column(String name, float low, float high, float median, boolean whole) {}

  static Columns of(Dataset train) {
    float[] values = train.inputs().toFloats();
    int n = train.size();
    int width = values.length / n;
    var all = new ArrayList<Column>();
    for (int j = 0; j < width; j++) {
      float[] column = new float[n];
      boolean whole = true;
      for (int i = 0; i < n; i++) {
        column[i] = values[i * width + j];
        whole &= column[i] == Math.rint(column[i]);
      }
      Arrays.sort(column);
      String name = train.features().isEmpty() ? "column " + j : train.features().get(j);
      all.add(new Column(name, column[0], column[n - 1], column[n / 2], whole));
    }
    return new Columns(all);
  }
}
