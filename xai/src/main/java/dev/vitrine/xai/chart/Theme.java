package dev.vitrine.xai.chart;

import dev.vitrine.xai.view.ColorMap;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.LegendItemSource;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/**
 * How charts look: white paper, dark grey letters, a light grid, and colours that readers with any
 * of the common colour vision deficiencies can tell apart.
 */
final class Theme {
  static final Color PAPER = Color.WHITE;
  static final Color INK = new Color(0x404040);
  static final Color GRID = new Color(0xE4E4E4);
  static final Color FRAME = new Color(0xC4C4C4);
  static final Color FAINT = new Color(0x909090);

  /** What is not a number, as in heatmaps: no scale of colours goes there. */
  static final Color NAN = new Color(0xFFD500);

  static final Font TITLE = Fonts.BOLD.deriveFont(14f);
  static final Font LABEL = Fonts.PLAIN.deriveFont(12f);
  static final Font SMALL = Fonts.PLAIN.deriveFont(11f);

  /** Names at the left of a chart get at most so many pixels. */
  static final double LONGEST_NAME = 220;

  private static final double LONGEST_LABEL = 300;

  static final Stroke HAIRLINE = new BasicStroke(1);
  static final Stroke LINE = new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  static final Stroke DASHED =
      new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0);

  /** Okabe and Ito 2008; their yellow, which hardly shows on white, comes last. */
  private static final List<Color> CATEGORIES =
      List.of(
          new Color(0x0072B2),
          new Color(0xE69F00),
          new Color(0x009E73),
          new Color(0xD55E00),
          new Color(0xCC79A7),
          new Color(0x56B4E9),
          new Color(0x404040),
          new Color(0xF0E442));

  private Theme() {}

  /**
   * The colour of a class or a method; from the ninth on they come again with another {@link
   * #mark}.
   */
  static Color category(int i) {
    return CATEGORIES.get(i % CATEGORIES.size());
  }

  /** A disc, from the ninth category on a square, then a triangle. */
  static Shape mark(int category, double size) {
    double half = size / 2;
    return switch (category / CATEGORIES.size() % 3) {
      case 0 -> new Ellipse2D.Double(-half, -half, size, size);
      case 1 -> new Rectangle2D.Double(-half, -half, size, size);
      default -> {
        var triangle = new Path2D.Double();
        triangle.moveTo(0, -half);
        triangle.lineTo(half, half);
        triangle.lineTo(-half, half);
        triangle.closePath();
        yield triangle;
      }
    };
  }

  /** The same distinction for lines. */
  static Stroke line(int category) {
    float[][] dashes = {{1, 0}, {8, 4}, {2, 4}};
    int round = category / CATEGORIES.size() % dashes.length;
    return new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes[round], 0);
  }

  /** Red for what raises the explained number, blue for what lowers it. */
  static Color signed(double v) {
    return new Color(ColorMap.DIVERGING.rgb(v < 0 ? -0.72 : 0.72));
  }

  /** t in [0, 1], low to high, without the near-white colours that dots could not show. */
  static Color lowToHigh(double t) {
    return new Color(ColorMap.SEQUENTIAL.rgb(0.2 + 0.75 * Math.clamp(t, 0.0, 1.0)));
  }

  /** Something between its colour and the paper. */
  static Color pale(Color c, double share) {
    return new Color(
        (int) Math.round(255 + share * (c.getRed() - 255)),
        (int) Math.round(255 + share * (c.getGreen() - 255)),
        (int) Math.round(255 + share * (c.getBlue() - 255)));
  }

  /** The same on white, and what lies below shows through. */
  static Color clear(Color c, double share) {
    return new Color(c.getRed(), c.getGreen(), c.getBlue(), (int) Math.round(255 * share));
  }

  static XYPlot plot(ValueAxis x, ValueAxis y) {
    // Without a renderer JFreeChart draws no grid.
    var plot = new XYPlot(null, x, y, new XYLineAndShapeRenderer());
    plot.setBackgroundPaint(PAPER);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlineStroke(HAIRLINE);
    plot.setRangeGridlineStroke(HAIRLINE);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    // The last number of an axis hangs over its end by half its width.
    plot.setInsets(new RectangleInsets(8, 8, 4, 28));
    return plot;
  }

  /** A plot for drawings that bring their own words: two ranges without axes or grid. */
  static XYPlot empty(Range x, Range y) {
    NumberAxis across = numbers("", x);
    NumberAxis down = numbers("", y);
    across.setVisible(false);
    down.setVisible(false);
    down.setInverted(true);
    XYPlot plot = plot(across, down);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.setInsets(new RectangleInsets(8, 8, 8, 8));
    return plot;
  }

  /** An axis of numbers. */
  static NumberAxis numbers(String label, Range range) {
    NumberAxis axis = new Ruler(Labels.fit(label, LABEL, LONGEST_LABEL));
    axis.setRange(range);
    axis.setAutoRangeMinimumSize(Double.MIN_NORMAL);
    style(axis);
    return axis;
  }

  /** Of whole numbers. */
  static NumberAxis counts(String label, Range range) {
    NumberAxis axis = numbers(label, range);
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    return axis;
  }

  /** Names from the top down: name i stands at i. */
  static SymbolAxis rows(List<String> names) {
    var axis = new SymbolAxis(null, Labels.fit(names, LABEL, LONGEST_NAME).toArray(String[]::new));
    axis.setInverted(true);
    axis.setGridBandsVisible(false);
    axis.setRange(-0.5, names.size() - 0.5);
    style(axis);
    axis.setAxisLineVisible(false);
    return axis;
  }

  /** A second column of names, right of the rows: their values. */
  static void values(XYPlot plot, List<String> values) {
    plot.setRangeAxis(1, rows(values));
    plot.setRangeAxisLocation(1, AxisLocation.BOTTOM_OR_RIGHT);
    plot.setInsets(new RectangleInsets(8, 8, 4, 8));
  }

  static void withoutTicks(ValueAxis axis) {
    axis.setTickLabelsVisible(false);
    axis.setAxisLineVisible(false);
  }

  static void style(ValueAxis axis) {
    axis.setLabelFont(LABEL);
    axis.setLabelPaint(INK);
    axis.setTickLabelFont(LABEL);
    axis.setTickLabelPaint(INK);
    axis.setAxisLinePaint(FRAME);
    axis.setTickMarksVisible(false);
    axis.setTickLabelInsets(new RectangleInsets(3, 5, 3, 5));
  }

  /** Marks and names of what the chart shows, below it. */
  static LegendTitle legend(LegendItemSource source) {
    var legend = new LegendTitle(source);
    legend.setItemFont(LABEL);
    legend.setItemPaint(INK);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setFrame(BlockBorder.NONE);
    legend.setBackgroundPaint(PAPER);
    legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 10));
    return legend;
  }
}
