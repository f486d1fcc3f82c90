package dev.vitrine.xai.chart;

/** A short line at each value of the data, at the foot of a chart: where a curve rests on any. */
final class Rug {
  private static final int HEIGHT = 7;

  private Rug() {}

  static Layer of(double[] values) {
    return new Layer(pen -> {
      double foot = pen.area().getMaxY();
      for (double v : values) {
        if (Double.isFinite(v)) {
          pen.line(pen.x(v), foot, pen.x(v), foot - HEIGHT, Theme.FAINT, Theme.HAIRLINE);
        }
      }
    });
  }
}
