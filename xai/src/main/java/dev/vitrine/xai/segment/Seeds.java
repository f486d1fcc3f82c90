package dev.vitrine.xai.segment;

/**
 * A regular grid of about {@code count} points: √(h · w / count) pixels apart, half of that from
 * the border.
 *
 * <p>An axis shorter than that has one point in its middle, and the other axis all the others.
 */
record Seeds(Axis rows, Axis columns) {

  /** Places first, first + step, … along an axis. */
  record Axis(int first, int step, int extent) {
    static Axis of(double step, int extent) {
      return new Axis((int) (step / 2), (int) Math.rint(step), extent);
    }

    int count() {
      return Math.ceilDiv(extent - first, step);
    }
  }

  static Seeds of(int height, int width, int count) {
    double step = Math.sqrt((double) height * width / count);
    if (height < step) {
      return new Seeds(Axis.of(height, height), Axis.of((double) width / count, width));
    }
    if (width < step) {
      return new Seeds(Axis.of((double) height / count, height), Axis.of(width, width));
    }
    return new Seeds(Axis.of(step, height), Axis.of(step, width));
  }

  int count() {
    return rows.count() * columns.count();
  }

  int row(int k) {
    return rows.first + k / columns.count() * rows.step;
  }

  int column(int k) {
    return columns.first + k % columns.count() * columns.step;
  }

  /** s: the larger of both steps. */
  int step() {
    return Math.max(rows.step, columns.step);
  }
}
