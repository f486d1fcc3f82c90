package dev.vitrine.xai.chart;

/** How much paper a chart of named rows takes, in CSS pixels. */
final class Rows {
  static final int WIDTH = 720;

  private static final int ROW = 24;

  /** The title, the numbers of the axis and its name. */
  private static final int AROUND = 92;

  private Rows() {}

  static int height(int rows) {
    return AROUND + ROW * rows;
  }
}
