package dev.vitrine.xai.view;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.inside.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many maps of a kind in a near-square grid with one scale: the channels of a layer, the filters of
 * a convolution. The number of a map is that of its row plus that of its column.
 */
public final class Mosaic {
  private Mosaic() {}

  /** Feature maps: what a layer holds of one row, [h, w, c] or [1, h, w, c]. */
  public static ImageGrid channels(Tensor activations) {
    return of(maps(activations));
  }

  /** A map for each channel. */
  static List<Heatmap> maps(Tensor activations) {
    int[] s = activations.shape().dims();
    boolean batch = s.length == 4 && s[0] == 1;
    if (s.length != 3 && !batch) {
      throw new IllegalArgumentException(
          "activations %s: feature maps are drawn of one row, [h, w, c] or [1, h, w, c]"
              .formatted(activations.shape()));
    }
    int c = s[s.length - 1];
    int h = s[s.length - 3];
    int w = s[s.length - 2];
    float[] values = activations.toFloats();
    var maps = new ArrayList<Heatmap>();
    for (int k = 0; k < c; k++) {
      float[] map = new float[h * w];
      for (int i = 0; i < map.length; i++) {
        map[i] = values[i * c + k];
      }
      maps.add(Heatmap.of(map, h, w));
    }
    return maps;
  }

  /** The filters of a convolution's weight [kh, kw, c, o]: channels are summed. */
  public static ImageGrid filters(Tensor weight) {
    return of(Weights.filters(weight).stream().map(Heatmap::of).toList());
  }

  /** Any maps of one size; those without a negative value in colours that have no such side. */
  public static ImageGrid of(List<Heatmap> maps) {
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("no maps given: a mosaic needs at least one");
    }
    boolean signed = signed(maps);
    int columns = (int) Math.ceil(Math.sqrt(maps.size()));
    var captions = new ArrayList<String>();
    for (int c = 0; c < columns; c++) {
      captions.add(String.valueOf(c));
    }
    ImageGrid grid = ImageGrid.columns(captions.toArray(String[]::new));
    for (int from = 0; from < maps.size(); from += columns) {
      Tile[] row =
          maps.subList(from, Math.min(from + columns, maps.size())).stream()
              .map(m -> signed ? m : m.withColors(ColorMap.SEQUENTIAL))
              .toArray(Tile[]::new);
      grid = grid.row(String.valueOf(from), row);
    }
    return grid;
  }

  /** Whether any value is below 0. */
  static boolean signed(List<Heatmap> maps) {
    return maps.stream().anyMatch(m -> Arrays.stream(m.values()).anyMatch(v -> v < 0));
  }
}
