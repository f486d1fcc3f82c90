package dev.vitrine.xai.view;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Many pictures on one, made smaller, a name below each: rows that fill the width, each of one
 * height, as {@code new ContactSheet(1200, 160).with("seven", heatmap).with(…)}.
 */
public final class ContactSheet implements Picture {
  private static final int GAP = 12;
  private static final int NAME = Lettering.LINE_HEIGHT + 4;

  /** A row may be so much lower than asked for, and the last one never higher. */
  private static final double LOWEST = 0.6;

  /** Times the asked-for height: no row that is to be filled needs more. */
  private static final int MOST = 4;

  private final int width;
  private final int height;
  private final List<Named> all;

  private record Named(String name, Picture picture) {}

  private record Shown(String name, BufferedImage image) {
    /** Pixels from side to side in a row of this height; a name needs its room. */
    double width(int height) {
      double picture = (double) height * image.getWidth() / image.getHeight();
      return Math.max(picture, Lettering.width(name));
    }
  }

  private record Row(List<Shown> shown, int height) {}

  /**
   * An empty one.
   *
   * @param width of the sheet in pixels
   * @param height that rows have more or less, without names
   */
  public ContactSheet(int width, int height) {
    this(width, height, List.of());
  }

  private ContactSheet(int width, int height, List<Named> all) {
    if (height < 40 || width < 2 * height) {
      throw new IllegalArgumentException(
          "a sheet %d wide with rows %d high: rows of at least 40 and twice that width are needed"
              .formatted(width, height));
    }
    this.width = width;
    this.height = height;
    this.all = all;
  }

  /** One more. */
  public ContactSheet with(String name, Picture picture) {
    var more = new ArrayList<>(all);
    more.add(new Named(name, picture));
    return new ContactSheet(width, height, List.copyOf(more));
  }

  @Override
  public BufferedImage image() {
    if (all.isEmpty()) {
      throw new IllegalStateException("a sheet without pictures shows nothing; add one with(…)");
    }
    List<Row> rows = rows();
    int high = GAP;
    for (Row row : rows) {
      high += row.height() + NAME + GAP;
    }
    var canvas = new Canvas(width, high);
    int top = GAP;
    for (Row row : rows) {
      double left = GAP;
      for (Shown s : row.shown()) {
        double cell = s.width(row.height());
        draw(canvas, s, (int) left, top, (int) cell, row.height());
        left += cell + GAP;
      }
      top += row.height() + NAME + GAP;
    }
    return canvas.image();
  }

  /** Greedily: a row is full when it has to become lower than asked for. */
  private List<Row> rows() {
    var rows = new ArrayList<Row>();
    var row = new ArrayList<Shown>();
    for (Named n : all) {
      row.add(new Shown(n.name(), n.picture().image()));
      int fitting = fitting(row);
      if (fitting < LOWEST * height && row.size() > 1) {
        Shown next = row.removeLast();
        rows.add(new Row(List.copyOf(row), fitting(row)));
        row.clear();
        row.add(next);
      } else if (fitting <= height) {
        rows.add(new Row(List.copyOf(row), fitting));
        row.clear();
      }
    }
    if (!row.isEmpty()) {
      rows.add(new Row(List.copyOf(row), Math.min(height, fitting(row))));
    }
    return rows;
  }

  /** The height at which pictures side by side are as wide as the sheet. */
  private int fitting(List<Shown> row) {
    double room = width - (row.size() + 1) * GAP;
    int fitting = MOST * height;
    while (fitting > 1 && width(row, fitting) > room) {
      fitting--;
    }
    return fitting;
  }

  private static double width(List<Shown> row, int height) {
    return row.stream().mapToDouble(s -> s.width(height)).sum();
  }

  private static void draw(Canvas canvas, Shown s, int left, int top, int cell, int height) {
    double scale =
        Math.min((double) height / s.image().getHeight(), (double) cell / s.image().getWidth());
    int w = (int) Math.max(1, scale * s.image().getWidth());
    int h = (int) Math.max(1, scale * s.image().getHeight());
    Graphics2D g = canvas.image().createGraphics();
    // The mean over what becomes one pixel: thin lines do not vanish.
    Image small = s.image().getScaledInstance(w, h, Image.SCALE_AREA_AVERAGING);
    g.drawImage(small, left + (cell - w) / 2, top, null);
    g.dispose();
    canvas.textCentred(s.name(), left + cell / 2, top + height + 4);
  }
}
