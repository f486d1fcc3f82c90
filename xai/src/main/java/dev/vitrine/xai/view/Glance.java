package dev.vitrine.xai.view;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An attribution at a glance: what it is, and the first rows as maps or bars. As text for a
 * terminal, as HTML for a notebook.
 *
 * @param x the explained rows, under their maps; null: the maps alone
 * @param colors whether the terminal shows colours
 */
public record Glance(Attribution a, @Nullable Tensor x, boolean colors) {
  private static final int ROWS = 4;
  private static final int FEATURES = 10;
  private static final int LONGEST_BAR = 30;

  /** In colour unless NO_COLOR is set (no-color.org). */
  public static Glance of(Attribution a) {
    return new Glance(a, null, colored());
  }

  /** Over the rows that it explains. */
  public static Glance of(Attribution a, Tensor x) {
    return new Glance(a, x, colored());
  }

  private static boolean colored() {
    String no = System.getenv("NO_COLOR");
    return no == null || no.isEmpty();
  }

  /** Without colours. */
  public Glance plain() {
    return new Glance(a, x, false);
  }

  /** For a terminal. */
  @Override
  public String toString() {
    var text = new StringBuilder(a.summary()).append('\n');
    for (int r = 0; r < shown(); r++) {
      text.append(
          String.format(
              Locale.ROOT, "%nrow %d, output %d: %.4g%n", r, a.classes()[r], a.outputs()[r]));
      text.append(areMaps() ? map(r) : bars(r));
    }
    return text.toString();
  }

  private String map(int row) {
    Tile tile = tile(row);
    return colors ? HalfBlocks.colored(tile) : HalfBlocks.plain(tile);
  }

  /** The largest features of a row, − to the left and + to the right. */
  private String bars(int row) {
    float[] v = a.row(row).toFloats();
    int[] order =
        IntStream.range(0, v.length)
            .boxed()
            .sorted((i, j) -> Float.compare(Math.abs(v[j]), Math.abs(v[i])))
            .limit(FEATURES)
            .mapToInt(Integer::intValue)
            .toArray();
    float largest = order.length == 0 ? 0 : Math.abs(v[order[0]]);
    var text = new StringBuilder();
    for (int i : order) {
      int length = largest > 0 ? Math.round(Math.abs(v[i]) / largest * LONGEST_BAR) : 0;
      text.append(
          String.format(
              Locale.ROOT, "%4d %+11.4g %s%n", i, v[i], (v[i] < 0 ? "─" : "█").repeat(length)));
    }
    return text.toString();
  }

  /** For a notebook. */
  public String html() {
    var html = new StringBuilder("<pre>").append(Escaped.html(a.summary())).append("</pre>");
    for (int r = 0; r < shown(); r++) {
      html.append(
          areMaps()
              ? tile(r).html("Attributions of row " + r)
              : "<pre>" + Escaped.html(bars(r)) + "</pre>");
    }
    return html.toString();
  }

  private int shown() {
    return Math.min(ROWS, a.classes().length);
  }

  /** Images [n, h, w, c] of few channels; layers have too many to be added up. */
  private boolean areMaps() {
    return a.values().shape().rank() == 4;
  }

  private Tile tile(int row) {
    Heatmap map = Heatmap.of(a.row(row));
    return x == null || !x.shape().equals(a.values().shape())
        ? map
        : map.over(InputImage.of(x.rows(row, row + 1).reshape(x.shape().without(0))));
  }
}
