package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.embed.Points;
import dev.vitrine.xai.view.InputImage;
import dev.vitrine.xai.view.Tile;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;

/** Points in the plane, as t-SNE or PCA put them, coloured by class; with images if there are. */
public final class EmbeddingScatter {
  private static final double DOT = 5;
  private static final int SIDE = 560;

  /** CSS pixels of an image's longer side. */
  private static final double THUMBNAIL = 28;

  private EmbeddingScatter() {}

  /**
   * Of points [n, 2].
   *
   * @param labels their classes
   * @param classes the classes' names, or none
   */
  public static Chart of(Points points, int[] labels, List<String> classes) {
    return of(points, labels, classes, List.of());
  }

  /**
   * The same with as many of the images as find room without covering each other.
   *
   * @param images [n, h, w, c] from 0 to 1
   */
  public static Chart of(Points points, int[] labels, List<String> classes, Tensor images) {
    var tiles = new ArrayList<Tile>();
    for (int i = 0; i < images.shape().dim(0); i++) {
      tiles.add(InputImage.of(images.rows(i, i + 1).reshape(images.shape().without(0))));
    }
    if (tiles.size() != points.count()) {
      throw new IllegalArgumentException(
          "%d images for %d points: give one for each".formatted(tiles.size(), points.count()));
    }
    return of(points, labels, classes, tiles);
  }

  private static Chart of(Points p, int[] labels, List<String> classes, List<Tile> images) {
    if (p.dimension() != 2) {
      throw new IllegalArgumentException(
          "points of %d coordinates: a scatter shows 2".formatted(p.dimension()));
    }
    List<String> names = Classes.names(classes, labels, p.count());
    NumberAxis x = axis(p, 0);
    NumberAxis y = axis(p, 1);
    XYPlot plot = Theme.plot(x, y);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.setOutlineVisible(true);
    plot.setOutlinePaint(Theme.FRAME);
    plot.addAnnotation(
        new Layer(pen -> {
          for (int i = 0; i < p.count(); i++) {
            Shape mark = Theme.mark(labels[i], DOT);
            pen.mark(mark, pen.x(p.at(i, 0)), pen.y(p.at(i, 1)), Theme.category(labels[i]));
          }
          thumbnails(pen, p, labels, images);
        }));
    plot.setFixedLegendItems(Classes.legend(names));
    return new Chart(
        "Embedding",
        "%d points of %d classes in the plane.".formatted(p.count(), names.size()),
        SIDE,
        SIDE + 24 * (1 + names.size() / 8),
        plot,
        Theme.legend(plot));
  }

  /** Coordinates mean nothing by themselves, so there are no numbers. */
  private static NumberAxis axis(Points p, int coordinate) {
    var span = new Span();
    for (int i = 0; i < p.count(); i++) {
      span.with(p.at(i, coordinate));
    }
    NumberAxis axis = Theme.numbers("", span.padded(0.05));
    Theme.withoutTicks(axis);
    return axis;
  }

  private static void thumbnails(Pen pen, Points p, int[] labels, List<Tile> images) {
    pen.g().setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    var taken = new ArrayList<Rectangle2D>();
    for (int i = 0; i < images.size(); i++) {
      Tile image = images.get(i);
      double pixel = THUMBNAIL / Math.max(image.height(), image.width());
      double left = pen.x(p.at(i, 0)) - image.width() * pixel / 2;
      double top = pen.y(p.at(i, 1)) - image.height() * pixel / 2;
      var frame =
          new Rectangle2D.Double(
              left - 2, top - 2, image.width() * pixel + 4, image.height() * pixel + 4);
      if (pen.area().contains(frame) && taken.stream().noneMatch(frame::intersects)) {
        taken.add(frame);
        pen.fill(frame, Theme.category(labels[i]));
        draw(pen, image, left, top, pixel);
      }
    }
  }

  /** Neighbours of one colour are one stroke. */
  private static void draw(Pen pen, Tile image, double left, double top, double pixel) {
    for (int r = 0; r < image.height(); r++) {
      int from = 0;
      for (int c = 1; c <= image.width(); c++) {
        if (c == image.width() || image.rgb(r, c) != image.rgb(r, from)) {
          int rgb = image.rgb(r, from);
          double y = top + r * pixel;
          pen.fill(
              Pen.rectangle(left + from * pixel, y, left + c * pixel, y + pixel),
              rgb == Tile.NAN ? Theme.NAN : new Color(rgb));
          from = c;
        }
      }
    }
  }
}
