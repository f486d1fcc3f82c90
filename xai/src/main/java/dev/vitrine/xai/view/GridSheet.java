package dev.vitrine.xai.view;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/** Tiles in rows and columns on a page: captions above and left, colours right, limits below. */
final class GridSheet {
  private static final int USUAL_CELL = 112;
  private static final int GAP = 10;
  private static final int BAR_HEIGHT = 240;

  private final List<ImageGrid.Row> rows;
  private final ImageGrid.Sharing sharing;
  private final int factor;
  private final int[] width;
  private final int[] height;
  private final List<List<String>> headers = new ArrayList<>();

  private GridSheet(
      List<String> columns, List<ImageGrid.Row> rows, ImageGrid.Sharing sharing, int factor) {
    this.rows = rows;
    this.sharing = sharing;
    this.factor = factor;
    width = new int[columns.size()];
    height = new int[rows.size()];
    for (int c = 0; c < width.length; c++) {
      for (Tile tile : ImageGrid.column(rows, c)) {
        width[c] = Math.max(width[c], Math.multiplyExact(tile.width(), factor));
      }
      headers.add(wrapped(columns.get(c), width[c]));
      for (String line : headers.get(c)) {
        width[c] = Math.max(width[c], Lettering.width(line));
      }
      for (List<Tile> labelled : labelled(c)) {
        width[c] = Math.max(width[c], Lettering.width(limit(labelled)));
      }
    }
    for (int r = 0; r < height.length; r++) {
      height[r] = Lettering.CAP_HEIGHT;
      for (Tile tile : rows.get(r).tiles()) {
        height[r] = Math.max(height[r], Math.multiplyExact(tile.height(), factor));
      }
    }
  }

  /** Factor 0 leaves the enlargement to the size of the largest tile. */
  static BufferedImage draw(
      List<String> columns, List<ImageGrid.Row> rows, ImageGrid.Sharing sharing, int factor) {
    int longest = 1;
    for (ImageGrid.Row row : rows) {
      for (Tile tile : row.tiles()) {
        longest = Math.max(longest, Math.max(tile.width(), tile.height()));
      }
    }
    int usual = Math.max(1, Math.round((float) USUAL_CELL / longest));
    return new GridSheet(columns, rows, sharing, factor == 0 ? usual : factor).draw();
  }

  private BufferedImage draw() {
    int lines = headers.stream().mapToInt(List::size).max().orElse(0);
    int captions = rows.stream().mapToInt(r -> Lettering.width(r.caption())).max().orElse(0);
    int left = Sheet.MARGIN + (captions == 0 ? 0 : captions + Sheet.GAP);
    int top = Sheet.MARGIN + lines * Lettering.LINE_HEIGHT;
    int right = left + sum(width) + GAP * (width.length - 1);
    int limitLine = Lettering.CAP_HEIGHT + GAP;
    int underRow = sharing == ImageGrid.Sharing.CELL ? limitLine : 0;
    int bottom = top + sum(height) + (GAP + underRow) * height.length - GAP;
    List<ColorBar> bars = bars();
    int barHeight = Math.min(BAR_HEIGHT, Math.max(bottom - top - underRow, ColorBar.LEAST_HEIGHT));
    int end = Math.max(bottom, bars.isEmpty() ? 0 : top + barHeight);
    if (sharing == ImageGrid.Sharing.COLUMN && !bars.isEmpty()) {
      end = Math.max(end, bottom + limitLine);
    }
    int nan = rows.stream().flatMap(r -> r.tiles().stream()).mapToInt(Tile::nanCount).sum();
    int page =
        Math.max(
            right + bars.stream().mapToInt(bar -> bar.width() + Sheet.GAP).sum(),
            Sheet.MARGIN + Sheet.noteWidth(nan, ""));
    var canvas =
        new Canvas(
            page + Sheet.MARGIN,
            end + Sheet.MARGIN + (nan == 0 ? 0 : Sheet.GAP + Lettering.CAP_HEIGHT));

    int x = left;
    for (int c = 0; c < width.length; c++) {
      List<String> header = headers.get(c);
      for (int i = 0; i < header.size(); i++) {
        int up = (header.size() - i) * Lettering.LINE_HEIGHT;
        canvas.textCentred(header.get(i), x + width[c] / 2, top - up);
      }
      int y = top;
      for (int r = 0; r < height.length; r++) {
        List<Tile> tiles = rows.get(r).tiles();
        if (c < tiles.size()) {
          cell(canvas, tiles.get(c), x, y, width[c], height[r]);
        }
        y += height[r] + GAP + underRow;
      }
      if (sharing == ImageGrid.Sharing.COLUMN) {
        canvas.textCentred(limit(ImageGrid.column(rows, c)), x + width[c] / 2, bottom + GAP);
      }
      x += width[c] + GAP;
    }
    int y = top;
    for (int r = 0; r < height.length; r++) {
      String caption = rows.get(r).caption();
      int start = left - Sheet.GAP - Lettering.width(caption);
      canvas.text(caption, start, y + (height[r] - Lettering.CAP_HEIGHT) / 2);
      y += height[r] + GAP + underRow;
    }
    int at = right;
    for (ColorBar bar : bars) {
      bar.draw(canvas, at + Sheet.GAP, top, barHeight);
      at += bar.width() + Sheet.GAP;
    }
    Sheet.drawNote(canvas, nan, "", end + Sheet.GAP);
    return canvas.image();
  }

  private void cell(Canvas canvas, Tile tile, int x, int y, int width, int height) {
    int left = x + (width - tile.width() * factor) / 2;
    int top = y + (height - tile.height() * factor) / 2;
    canvas.tile(tile, left, top, factor);
    if (sharing == ImageGrid.Sharing.CELL) {
      canvas.textCentred(limit(List.of(tile)), x + width / 2, y + height + GAP - 2);
    }
  }

  /** The groups of tiles in a column below which a limit stands. */
  private List<List<Tile>> labelled(int c) {
    List<Tile> tiles = ImageGrid.column(rows, c);
    return switch (sharing) {
      case GRID -> List.of();
      case COLUMN -> List.of(tiles);
      case CELL -> tiles.stream().map(List::of).toList();
    };
  }

  /** "±0.42", "±0.42+" where values go beyond, nothing where no map is. */
  private static String limit(List<Tile> tiles) {
    List<Heatmap> maps = attributions(tiles);
    if (maps.isEmpty()) {
      return "";
    }
    double limit = maps.getFirst().scale().limit();
    boolean signed = maps.stream().anyMatch(map -> map.colors().signed());
    boolean cut = maps.stream().anyMatch(map -> map.cutCount() > 0);
    return (signed && limit > 0 ? "±" : "") + Numbers.brief(limit) + (cut ? "+" : "");
  }

  /** One for each colour map in use. */
  private List<ColorBar> bars() {
    List<Heatmap> maps = attributions(rows.stream().flatMap(r -> r.tiles().stream()).toList());
    var colors = new LinkedHashSet<ColorMap>();
    maps.forEach(map -> colors.add(map.colors()));
    return colors.stream()
        .map(used ->
            sharing == ImageGrid.Sharing.GRID
                ? ColorBar.numbered(
                    used, maps.stream().filter(map -> map.colors() == used).toList())
                : ColorBar.unnumbered(used, "+", "−"))
        .toList();
  }

  static List<Heatmap> attributions(List<Tile> tiles) {
    return tiles.stream().map(Sheet::attribution).filter(Objects::nonNull).toList();
  }

  /** Lines that are broken at spaces and behind hyphens to fit, where they can be. */
  private static List<String> wrapped(String text, int width) {
    var lines = new ArrayList<String>();
    for (String word : text.split(" |(?<=-)", -1)) {
      String last = lines.isEmpty() ? "" : lines.getLast();
      String longer = last + (last.endsWith("-") ? "" : " ") + word;
      if (!last.isEmpty() && Lettering.width(longer) <= width) {
        lines.set(lines.size() - 1, longer);
      } else if (!word.isEmpty()) {
        lines.add(word);
      }
    }
    return lines;
  }

  private static int sum(int[] extents) {
    int total = 0;
    for (int extent : extents) {
      total = Math.addExact(total, extent);
    }
    return total;
  }
}
