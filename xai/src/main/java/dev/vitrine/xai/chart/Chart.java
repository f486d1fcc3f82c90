package dev.vitrine.xai.chart;

import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.xai.view.Picture;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.RectangleInsets;

/**
 * A drawing with axes, of so many CSS pixels: {@code Waterfall.of(a, x, row, names).save(path)}. As
 * PNG it has twice as many pixels each way, as SVG any number.
 */
public final class Chart implements Picture {
  /** Pixels of the image per CSS pixel, each way. */
  static final int SHARPNESS = 2;

  private static final int LEAST = 100;
  private static final int MOST = 8000;

  private final String title;
  private final String description;
  private final int width;
  private final int height;
  private final Plot plot;
  private final List<Title> beside;

  /**
   * @param description one sentence for those who cannot see it
   * @param beside legends and scales
   */
  Chart(String title, String description, int width, int height, Plot plot, Title... beside) {
    this(title, description, width, height, plot, List.of(beside));
  }

  private Chart(
      String title, String description, int width, int height, Plot plot, List<Title> beside) {
    this.title = title;
    this.description = description;
    this.width = width;
    this.height = height;
    this.plot = plot;
    this.beside = beside;
  }

  /** The same under another title; an empty one leaves its place to the drawing. */
  public Chart titled(String other) {
    return new Chart(other, description, width, height, plot, beside);
  }

  /** The same on other paper, in CSS pixels. */
  public Chart sized(int wide, int high) {
    if (Math.min(wide, high) < LEAST || Math.max(wide, high) > MOST) {
      throw new IllegalArgumentException(
          "a chart of %d × %d pixels: each side must have %d to %d"
              .formatted(wide, high, LEAST, MOST));
    }
    return new Chart(title, description, wide, high, plot, beside);
  }

  /** In CSS pixels. */
  public int width() {
    return width;
  }

  /** In CSS pixels. */
  public int height() {
    return height;
  }

  public String title() {
    return title;
  }

  /** What it shows, in one sentence. */
  public String description() {
    return description;
  }

  @Override
  public BufferedImage image() {
    var image =
        new BufferedImage(width * SHARPNESS, height * SHARPNESS, BufferedImage.TYPE_INT_RGB);
    draw(image);
    return image;
  }

  /** The drawing as an SVG document; its title and description are there for screen readers. */
  public String svg() {
    return Svg.of(this, width, height);
  }

  /**
   * Writes the drawing; the file appears whole or not at all. The same chart gives the same bytes
   * on the same JDK.
   *
   * @throws IllegalArgumentException if the name ends neither in {@code .png} nor in {@code .svg}
   * @throws UncheckedIOException if the file cannot be written, with the reason
   */
  @Override
  public void save(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      Picture.super.save(file);
    } else if (name.endsWith(".svg")) {
      try {
        AtomicFile.write(file, svg().getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    } else {
      throw new IllegalArgumentException(
          "\""
              + file
              + "\": charts are written as PNG or SVG; give a name that ends in .png or"
              + " .svg");
    }
  }

  /** Draws, and says where each plot shows its data. */
  PlotRenderingInfo draw(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    try {
      g.scale(SHARPNESS, SHARPNESS);
      return draw(g);
    } finally {
      g.dispose();
    }
  }

  /** The same drawing anywhere. One at a time: JFreeChart keeps notes in its plots. */
  synchronized PlotRenderingInfo draw(Graphics2D g) {
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    var chart = new JFreeChart(null, Theme.TITLE, plot, false);
    chart.setBackgroundPaint(Theme.PAPER);
    chart.setPadding(new RectangleInsets(6, 6, 6, 6));
    if (!title.isEmpty()) {
      var above = new TextTitle(title, Theme.TITLE);
      above.setPaint(Theme.INK);
      above.setPadding(new RectangleInsets(4, 4, 2, 4));
      chart.addSubtitle(above);
    }
    beside.forEach(chart::addSubtitle);
    var info = new ChartRenderingInfo();
    chart.draw(g, new Rectangle2D.Double(0, 0, width, height), info);
    return info.getPlotInfo();
  }

  /** What is drawn between the titles. */
  Plot plot() {
    return plot;
  }
}
