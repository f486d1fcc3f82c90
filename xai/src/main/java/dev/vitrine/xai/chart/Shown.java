package dev.vitrine.xai.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * The features that a chart with a row for each has room for.
 *
 * @param features their numbers, in the order of the chart
 * @param labels the names of its rows, and of one more where some features have none of their own
 */
record Shown(int[] features, List<String> labels) {
  /** The others are counted in a last row. */
  static Shown cut(Explained e, FeatureOrder by, int most) {
    return of(e, e.order(by), checked(most), "and %d more");
  }

  /** The others have a last row together; one that would be there alone has its own. */
  static Shown collected(Explained e, FeatureOrder by, int most) {
    int[] order = e.order(by);
    int own = order.length <= checked(most) + 1 ? order.length : most;
    return of(e, order, own, "%d others");
  }

  private static Shown of(Explained e, int[] order, int most, String others) {
    int own = Math.min(most, order.length);
    var labels = new ArrayList<String>();
    for (int i = 0; i < own; i++) {
      labels.add(e.names().get(order[i]));
    }
    if (own < order.length) {
      labels.add(others.formatted(order.length - own));
    }
    return new Shown(order, labels);
  }

  private static int checked(int most) {
    if (most < 1) {
      throw new IllegalArgumentException(most + " features to show: at least 1 is needed");
    }
    return most;
  }

  /** How many have a row of their own. */
  int own() {
    return labels.size() - (labels.size() == features.length ? 0 : 1);
  }
}
