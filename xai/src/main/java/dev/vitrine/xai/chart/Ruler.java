package dev.vitrine.xai.chart;

import java.awt.Graphics2D;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.TickUnit;

/** An axis of numbers that keep their distance. */
@SuppressWarnings("serial") // JFreeChart's axes can be, charts are not
final class Ruler extends NumberAxis {
  /** Pixels between two numbers side by side, and of one line and the paper around it. */
  private static final double BETWEEN = 16;

  private static final double LINE = 30;

  Ruler(String label) {
    super(label.isEmpty() ? null : label);
    setNumberFormatOverride(new Ticks());
  }

  /** JFreeChart measures the two ends alone: between 0 and 1 is 0.05, too. */
  @Override
  protected double estimateMaximumTickLabelWidth(Graphics2D g, TickUnit unit) {
    double step = unit.getSize();
    double first = Math.ceil(getRange().getLowerBound() / step);
    double last = Math.floor(getRange().getUpperBound() / step);
    double widest = 0;
    // The first ones differ from the last ones in their signs and digits, but hardly among
    // themselves.
    for (int k = 0; k < 10; k++) {
      widest = Math.max(widest, width(Math.min(first + k, last) * step));
      widest = Math.max(widest, width(Math.max(last - k, first) * step));
    }
    return widest + BETWEEN;
  }

  @Override
  protected double estimateMaximumTickLabelHeight(Graphics2D g) {
    return LINE;
  }

  private double width(double v) {
    return Fonts.width(getNumberFormatOverride().format(v), Theme.LABEL);
  }

  /** As many digits as the length needs; what a sum of steps misses by rounding is not shown. */
  private final class Ticks extends NumberFormat {
    private static final int DIGITS = 8;

    @Override
    public StringBuffer format(double v, StringBuffer into, FieldPosition position) {
      int scale = DIGITS - (int) Math.floor(StrictMath.log10(getRange().getLength()));
      return into.append(Figures.text(new BigDecimal(v).setScale(scale, RoundingMode.HALF_EVEN)));
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
}
