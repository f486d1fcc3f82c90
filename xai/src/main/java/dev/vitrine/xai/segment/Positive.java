package dev.vitrine.xai.segment;

/** What every segmenter asks of its settings. */
final class Positive {
  private Positive() {}

  static void need(String setting, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(setting + ": " + value + " given, more than 0 is needed");
    }
  }

  static void needOrZero(String setting, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(setting + ": " + value + " given, 0 or more is needed");
    }
  }
}
