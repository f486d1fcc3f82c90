package dev.vitrine.xai.global;

import java.util.List;
import java.util.Locale;

/**
 * A binary decision tree: at each split a row goes down to the left if its feature is at most the
 * threshold, and the leaf where it ends says the answer.
 */
public sealed interface Tree {
  /** How many of the rows that it was grown on came by. */
  int rows();

  /** Their mean target: one number, or the share of each class. */
  double[] value();

  /** Their variance, or the Gini impurity 1 − Σ share². */
  double impurity();

  /** Where a row's way ends. */
  record Leaf(int rows, double[] value, double impurity) implements Tree {}

  /**
   * Where ways part.
   *
   * @param feature the index of the element that is asked for
   * @param threshold half-way between two values of the data
   */
  record Split(
      int feature,
      double threshold,
      Tree below,
      Tree above,
      int rows,
      double[] value,
      double impurity)
      implements Tree {}

  /** The leaf of the row that begins at {@code from}. */
  default Leaf leaf(float[] values, int from) {
    return switch (this) {
      case Leaf end -> end;
      case Split s ->
          (values[from + s.feature()] <= s.threshold() ? s.below() : s.above()).leaf(values, from);
    };
  }

  /** Splits on the longest way. */
  default int depth() {
    return switch (this) {
      case Leaf end -> 0;
      case Split s -> 1 + Math.max(s.below().depth(), s.above().depth());
    };
  }

  /** How many leaves it has. */
  default int leaves() {
    return switch (this) {
      case Leaf end -> 1;
      case Split s -> s.below().leaves() + s.above().leaves();
    };
  }

  /** What each of d features takes from the impurity of the root, in shares that add up to 1. */
  default double[] importance(int d) {
    double[] gains = new double[d];
    addGains(gains);
    double sum = 0;
    for (double g : gains) {
      sum += g;
    }
    for (int j = 0; j < d && sum > 0; j++) {
      gains[j] /= sum;
    }
    return gains;
  }

  private void addGains(double[] gains) {
    if (this instanceof Split s) {
      gains[s.feature()] +=
          s.rows() * s.impurity()
              - s.below().rows() * s.below().impurity()
              - s.above().rows() * s.above().impurity();
      s.below().addGains(gains);
      s.above().addGains(gains);
    }
  }

  /** One line per node; features beyond the list are called by their index. */
  default String text(List<Feature> features) {
    var text = new StringBuilder();
    write(text, features, "");
    return text.toString();
  }

  private void write(StringBuilder text, List<Feature> features, String indent) {
    switch (this) {
      case Leaf end -> {
        text.append(indent).append("->");
        for (double v : end.value()) {
          text.append(String.format(Locale.ROOT, " %.4g", v));
        }
        text.append("  (").append(end.rows()).append(" rows)\n");
      }
      case Split s -> {
        Feature f =
            s.feature() < features.size() ? features.get(s.feature()) : Feature.of(s.feature());
        String at = Axis.text(s.threshold());
        text.append(indent).append(f).append(" <= ").append(at).append('\n');
        s.below().write(text, features, indent + "  ");
        text.append(indent).append(f).append(" > ").append(at).append('\n');
        s.above().write(text, features, indent + "  ");
      }
    }
  }
}
