package dev.vitrine.xai.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as short as a scale needs them: three significant digits, the same in every locale. */
final class Numbers {
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

  private Numbers() {}

  /** 0.123, 42, −1.5e−7. */
  static String brief(double v) {
    if (!Double.isFinite(v)) {
      return Double.toString(v).replace("Infinity", "inf");
    }
    BigDecimal rounded = new BigDecimal(v).round(THREE_DIGITS).stripTrailingZeros();
    if (rounded.signum() == 0) {
      return "0";
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    String digits =
        exponent < -3 || exponent > 4
            ? rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent
            : rounded.toPlainString();
    return digits.replace('-', '−');
  }
}
