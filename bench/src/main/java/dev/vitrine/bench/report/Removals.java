package dev.vitrine.bench.report;

import dev.vitrine.bench.run.Comparison;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.xai.chart.RemovalCurve;
import dev.vitrine.xai.metric.Curve;
import dev.vitrine.xai.metric.Metric.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What becomes of the explained number while features leave or come: a chart for each metric that
 * is the area under such curves, with the best methods and the random one.
 */
final class Removals {
  /** The bands of more than that hide each other. */
  private static final int METHODS = 3;

  private Removals() {}

  static List<Figure> of(Comparison comparison) {
    var figures = new ArrayList<Figure>();
    for (Comparison.Cell metric : comparison.methods().getFirst().metrics()) {
      SequencedMap<String, List<Curve>> all = comparison.curves(metric.metric());
      if (!all.isEmpty()) {
        boolean falls = metric.better() == Direction.LOWER;
        SequencedMap<String, List<Curve>> shown = best(all, falls);
        String few =
            shown.size() < all.size()
                ? " Shown: the %d with the best areas.".formatted(METHODS)
                : "";
        String caption =
            falls
                ? "Deletion: the most important features are set to 0 first. The faster the explained number falls, the better."
                : "Insertion: into an empty row the most important features come first. The faster the explained number rises, the better.";
        figures.add(
            Figure.of(
                RemovalCurve.of(shown).titled(falls ? "Deletion" : "Insertion").sized(472, 420),
                caption + " Bands: 95 % intervals of the mean over rows." + few));
      }
    }
    return figures;
  }

  /** By the mean area, the random one behind them. */
  private static SequencedMap<String, List<Curve>> best(
      SequencedMap<String, List<Curve>> all, boolean falls) {
    var entries = new ArrayList<>(all.entrySet());
    entries.sort(Comparator.comparingDouble(e -> (falls ? 1 : -1) * area(e.getValue())));
    entries.removeIf(e -> e.getKey().equals(Methods.RANDOM));
    var shown = new LinkedHashMap<String, List<Curve>>();
    entries.stream().limit(METHODS).forEach(e -> shown.put(e.getKey(), e.getValue()));
    List<Curve> random = all.get(Methods.RANDOM);
    if (random != null) {
      shown.put(Methods.RANDOM, random);
    }
    return shown;
  }

  private static double area(List<Curve> curves) {
    return curves.stream().mapToDouble(Curve::area).average().orElse(Double.NaN);
  }
}
