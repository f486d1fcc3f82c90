package dev.vitrine.xai.chart;

import java.awt.Color;
import java.awt.Paint;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/**
 * Value → colour between two ends; what lies beyond has the colour of the end, NaN one of its own.
 */
record Shades(Range range, DoubleFunction<Color> at) implements PaintScale {

  /** From the 5 % to the 95 % quantile, so that a few extremes do not hide the rest. */
  static Shades lowToHigh(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    int n = sorted.length;
    if (n == 0) {
      return lowToHigh(new Range(0, 1));
    }
    double low = sorted[(int) (0.05 * (n - 1))];
    double high = sorted[(int) Math.ceil(0.95 * (n - 1))];
    // A flag that is rarely set has equal quantiles.
    Span span = low < high ? new Span().with(low, high) : new Span().with(sorted);
    return lowToHigh(span.exact());
  }

  static Shades lowToHigh(Range range) {
    return new Shades(range, v -> Theme.lowToHigh((v - range.getLowerBound()) / range.getLength()));
  }

  Color color(double v) {
    return Double.isNaN(v) ? Theme.NAN : at.apply(v);
  }

  @Override
  public double getLowerBound() {
    return range.getLowerBound();
  }

  @Override
  public double getUpperBound() {
    return range.getUpperBound();
  }

  @Override
  public Paint getPaint(double v) {
    return color(v);
  }

  /** A strip of the colours with numbers, right of the drawing. */
  PaintScaleLegend strip(String label) {
    NumberAxis axis = Theme.numbers(label, range);
    return strip(axis, this);
  }

  /** A strip for values of several features, each of which has a scale of its own. */
  static PaintScaleLegend strip(String label, String low, String high) {
    SymbolAxis axis = new SymbolAxis(label, new String[] {low, high});
    axis.setGridBandsVisible(false);
    Theme.style(axis);
    axis.setRange(0, 1);
    return strip(axis, lowToHigh(new Range(0, 1)));
  }

  private static PaintScaleLegend strip(ValueAxis axis, Shades shades) {
    var strip = new PaintScaleLegend(shades, axis);
    axis.setAxisLineVisible(false);
    strip.setPosition(RectangleEdge.RIGHT);
    strip.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
    strip.setSubdivisionCount(128);
    strip.setStripWidth(10);
    strip.setStripOutlineVisible(false);
    strip.setFrame(BlockBorder.NONE);
    strip.setBackgroundPaint(Theme.PAPER);
    strip.setMargin(new RectangleInsets(24, 8, 48, 4));
    return strip;
  }
}
