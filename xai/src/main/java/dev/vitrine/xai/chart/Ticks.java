package dev.vitrine.xai.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import org.jfree.chart.axis.NumberAxis;

/**
 * Numbers beside an axis: as many digits as its length needs, the same in every locale. What a sum
 * of steps misses by rounding (1e−17 for 0) is not shown.
 */
@SuppressWarnings("serial") // JFreeChart wants a NumberFormat, nobody writes it to a file
final class Ticks extends NumberFormat {
  private static final int DIGITS = 8;

  private final NumberAxis axis;

  Ticks(NumberAxis axis) {
    this.axis = axis;
  }

  private static String text(double v, double length) {
    if (!Double.isFinite(v)) {
      return Figures.brief(v);
    }
    int scale = DIGITS - (int) Math.floor(Math.log10(length > 0 ? length : 1));
    return Figures.text(new BigDecimal(v).setScale(scale, RoundingMode.HALF_EVEN));
  }

  @Override
  public StringBuffer format(double v, StringBuffer into, FieldPosition position) {
    return into.append(text(v, axis.getRange().getLength()));
  }

  @Override
  public StringBuffer format(long v, StringBuffer into, FieldPosition position) {
    return format((double) v, into, position);
  }

  @Override
  public Number parse(String text, ParsePosition position) {
    throw new UnsupportedOperationException("labels are written, not read");
  }
}
