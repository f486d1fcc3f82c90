package dev.vitrine.bench.report;

import java.util.List;

/** What can be seen of rows of a kind: images as heatmaps, tables as charts. */
sealed interface Views permits ImageViews, TableViews {
  /** Wrongly classified rows, and why the model says so. */
  List<Figure> mistakes(int[] rows);

  /** Some rows, explained. */
  List<Figure> examples();

  /** Explanations of many rows at once. */
  List<Figure> global();
}
