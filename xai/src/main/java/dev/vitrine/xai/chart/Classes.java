package dev.vitrine.xai.chart;

import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;

/** Classes as coloured marks with names. */
final class Classes {
  private Classes() {}

  /** The names, or numbers where there are none; refuses labels that have no name. */
  static List<String> names(List<String> names, int[] labels, int points) {
    if (labels.length != points) {
      throw new IllegalArgumentException(
          "%d labels for %d points: give one for each".formatted(labels.length, points));
    }
    int classes = 0;
    for (int label : labels) {
      if (label < 0 || !names.isEmpty() && label >= names.size()) {
        throw new IllegalArgumentException(
            "label %d: classes count from 0%s"
                .formatted(label, names.isEmpty() ? "" : " to " + (names.size() - 1)));
      }
      classes = Math.max(classes, label + 1);
    }
    return names.isEmpty()
        ? IntStream.range(0, classes).mapToObj(String::valueOf).toList()
        : List.copyOf(names);
  }

  static LegendItemCollection legend(List<String> names) {
    var items = new LegendItemCollection();
    for (int c = 0; c < names.size(); c++) {
      items.add(
          new LegendItem(
              Labels.fit(names.get(c), Theme.LABEL, 200),
              null,
              null,
              null,
              Theme.mark(c, 9),
              Theme.category(c)));
    }
    return items;
  }
}
