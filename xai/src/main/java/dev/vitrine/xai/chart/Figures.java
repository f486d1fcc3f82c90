package dev.vitrine.xai.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text, the same in every locale: 0.25, −3, 1.5e7. */
final class Figures {
  private static final MathContext BRIEF = new MathContext(3, RoundingMode.HALF_EVEN);

  private static final MathContext ERROR = new MathContext(2, RoundingMode.HALF_EVEN);

  /** A year needs four digits, and a float has seven good ones. */
  private static final MathContext VALUE = new MathContext(5, RoundingMode.HALF_EVEN);

  private static final MathContext LONGEST = new MathContext(12, RoundingMode.HALF_EVEN);

  private Figures() {}

  /** Three digits, for what is shown by a mark as well. */
  static String brief(double v) {
    return Double.isFinite(v) ? text(new BigDecimal(v).round(BRIEF)) : infinite(v);
  }

  /** Five digits, for what is shown nowhere else. */
  static String value(double v) {
    return Double.isFinite(v) ? text(new BigDecimal(v).round(VALUE)) : infinite(v);
  }

  /** How far a number may be off. */
  static String error(double v) {
    return text(new BigDecimal(v).round(ERROR));
  }

  /** A contribution: brief, with its sign. */
  static String signed(double v) {
    return v > 0 ? "+" + brief(v) : brief(v);
  }

  static String text(BigDecimal v) {
    BigDecimal rounded = v.round(LONGEST).stripTrailingZeros();
    if (rounded.signum() == 0) {
      return "0";
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    String digits =
        exponent < -4 || exponent > 5
            ? rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent
            : rounded.toPlainString();
    return digits.replace('-', '−');
  }

  private static String infinite(double v) {
    return Double.isNaN(v) ? "NaN" : v > 0 ? "∞" : "−∞";
  }
}
