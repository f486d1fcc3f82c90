package dev.vitrine.xai.view;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows × columns of images, heatmaps and overlays under short captions, with one scale for all.
 *
 * <pre>{@code
 * ImageGrid.columns("input", "gradient", "LRP-ε")
 *     .row("seven", x, gradient, lrp)
 *     .save(Path.of("digits.png"));
 * }</pre>
 *
 * <p>A shared scale ends at the 99th percentile of the non-zero magnitudes of all maps that share
 * it, and replaces their own.
 */
public final class ImageGrid implements Picture {

  /** Which maps are drawn with the same scale and so can be compared by eye. */
  public enum Sharing {
    /** All of them; the numbers stand beside the colours. */
    GRID,
    /** Those of a column; its limit stands below it, with a "+" if values go beyond. */
    COLUMN,
    /** None: each keeps its own scale; the limit stands below each, with a "+" likewise. */
    CELL
  }

  private final List<String> columns;
  private final List<Row> rows;
  private final Sharing sharing;
  private final int factor;
  private final @Nullable Scale scale;

  /** Fewer tiles than columns leave the last cells empty. */
  record Row(String caption, List<Tile> tiles) {}

  private ImageGrid(
      List<String> columns, List<Row> rows, Sharing sharing, int factor, @Nullable Scale scale) {
    this.columns = columns;
    this.rows = rows;
    this.sharing = sharing;
    this.factor = factor;
    this.scale = scale;
  }

  /** An empty grid with these captions, which may be empty, above its columns. */
  public static ImageGrid columns(String... captions) {
    if (captions.length == 0) {
      throw new IllegalArgumentException(
          "a grid without columns shows nothing; pass a caption for each column, empty if need be");
    }
    return new ImageGrid(List.of(captions), List.of(), Sharing.GRID, 0, null);
  }

  /** One more row; cells that are not given stay empty. */
  public ImageGrid row(String caption, Tile... tiles) {
    if (tiles.length > columns.size()) {
      throw new IllegalArgumentException(
          "row \"%s\" has %d tiles, but the grid has %d columns %s; add a caption for each"
              .formatted(caption, tiles.length, columns.size(), columns));
    }
    var more = new ArrayList<Row>(rows);
    more.add(new Row(caption, List.of(tiles)));
    return new ImageGrid(columns, List.copyOf(more), sharing, factor, scale);
  }

  public ImageGrid withSharing(Sharing sharing) {
    return new ImageGrid(columns, rows, sharing, factor, scale);
  }

  /** All maps with this scale, as in other grids that are to be compared with this one. */
  public ImageGrid withScale(Scale all) {
    return new ImageGrid(columns, rows, Sharing.GRID, factor, all);
  }

  /** Each pixel as a square of factor × factor. */
  public ImageGrid withFactor(int factor) {
    return new ImageGrid(columns, rows, sharing, Sheet.checkFactor(factor), scale);
  }

  @Override
  public BufferedImage image() {
    if (rows.isEmpty()) {
      throw new IllegalStateException("a grid without rows shows nothing; add one with row(…)");
    }
    return GridSheet.draw(columns, scaled(), sharing, factor);
  }

  static List<Tile> column(List<Row> rows, int c) {
    return rows.stream().filter(r -> c < r.tiles.size()).map(r -> r.tiles.get(c)).toList();
  }

  private List<Row> scaled() {
    return switch (sharing) {
      case CELL -> rows;
      case GRID -> {
        Scale all =
            scale == null ? fit(rows.stream().flatMap(row -> row.tiles.stream()).toList()) : scale;
        yield rescaled(Collections.nCopies(columns.size(), all));
      }
      case COLUMN -> {
        var scales = new ArrayList<Scale>();
        for (int c = 0; c < columns.size(); c++) {
          scales.add(fit(column(rows, c)));
        }
        yield rescaled(scales);
      }
    };
  }

  private List<Row> rescaled(List<Scale> scales) {
    var result = new ArrayList<Row>();
    for (Row row : rows) {
      var tiles = new ArrayList<Tile>();
      for (int c = 0; c < row.tiles.size(); c++) {
        tiles.add(
            switch (row.tiles.get(c)) {
              case InputImage image -> image;
              case Heatmap map -> map.withScale(scales.get(c));
              case Overlay overlay -> overlay.withScale(scales.get(c));
            });
      }
      result.add(new Row(row.caption, tiles));
    }
    return result;
  }

  private static Scale fit(List<Tile> tiles) {
    List<double[]> maps = GridSheet.attributions(tiles).stream().map(Heatmap::values).toList();
    return Scale.fit(Scale.USUAL_PERCENTILE, maps);
  }
}
