package dev.vitrine.xai.perturb;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Copies;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * a = f(x) − f(x with a window hidden), for a window that slides over the row (Zeiler and Fergus
 * 2014, section 4.2). An element under several windows gets their mean; {@link #summed} gives their
 * sum. The last window of an axis is cut at the border.
 *
 * @param window its extent along each axis of a row; a channel axis that is left out is covered
 * @param stride how far it slides
 * @param hidden what is there instead
 * @param sum whether overlapping windows are added, not averaged
 */
public record Occlusion(List<Integer> window, List<Integer> stride, Baseline hidden, boolean sum)
    implements Explainer {
  public Occlusion {
    if (window.size() != stride.size()
        || window.stream().anyMatch(w -> w < 1)
        || stride.stream().anyMatch(s -> s < 1)) {
      throw new IllegalArgumentException(
          "window %s, stride %s: both need the same axes and extents of at least 1"
              .formatted(window, stride));
    }
  }

  /** Squares of pixels with all their channels, or runs of a row of numbers, of black. */
  public static Occlusion square(int extent, int stride) {
    return new Occlusion(List.of(extent, extent), List.of(stride, stride), Baseline.zero(), false);
  }

  /** Something else than zeros. */
  public Occlusion hidden(Baseline by) {
    return new Occlusion(window, stride, by, sum);
  }

  /** With the sum over the windows that cover an element. */
  public Occlusion summed() {
    return new Occlusion(window, stride, hidden, true);
  }

  @Override
  public String name() {
    return "Occlusion";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "window", window.toString(),
        "stride", stride.toString(),
        "hidden", hidden.toString(),
        "overlaps", sum ? "sum" : "mean");
  }

  @Override
  public Attribution explain(Question q) {
    Shape row = q.x().shape().without(0);
    int[][] windows = windows(row);
    int size = Math.toIntExact(row.size());
    float[] x = q.x().toFloats();
    float[] b = hidden.rows(q.x(), q.numbers(), q.memory()).toFloats();
    float[] f = q.explained();
    float[] without = q.explained(new Hidden(windows, q.size(), size, x, b));
    Tensor values = new Memory("occlusion").floats(q.x().shape());
    for (int r = 0; r < q.size(); r++) {
      double[] drops = new double[size];
      int[] covered = new int[size];
      for (int w = 0; w < windows.length; w++) {
        double drop = (double) f[r] - without[r * windows.length + w];
        for (int e : windows[w]) {
          drops[e] += drop;
          covered[e]++;
        }
      }
      for (int e = 0; e < size; e++) {
        double shown = sum || covered[e] == 0 ? drops[e] : drops[e] / covered[e];
        values.put((long) r * size + e, (float) shown);
      }
    }
    return q.answer(this, values, f, null, null);
  }

  /** The elements under each position of the window. */
  private int[][] windows(Shape row) {
    int axes = window.size();
    if (axes != row.rank() && axes != row.rank() - 1) {
      throw new IllegalArgumentException(
          "window %s for rows of shape %s: it needs %d axes, or %d without the channels"
              .formatted(window, row, row.rank(), row.rank() - 1));
    }
    int[] counts = new int[axes];
    int positions = 1;
    for (int a = 0; a < axes; a++) {
      int beyond = Math.max(row.dim(a) - window.get(a), 0);
      counts[a] = Math.ceilDiv(beyond, stride.get(a)) + 1;
      positions = Math.multiplyExact(positions, counts[a]);
    }
    int[][] all = new int[positions][];
    Arrays.setAll(all, p -> elements(row, counts, p));
    return all;
  }

  private int[] elements(Shape row, int[] counts, int position) {
    int[] begin = new int[row.rank()];
    int[] end = row.dims();
    for (int a = counts.length - 1, p = position; a >= 0; p /= counts[a], a--) {
      begin[a] = p % counts[a] * stride.get(a);
      end[a] = Math.min(begin[a] + window.get(a), row.dim(a));
    }
    int[] elements = {0};
    for (int a = 0; a < row.rank(); a++) {
      int[] outer = elements;
      int extent = end[a] - begin[a];
      int axis = a;
      elements = new int[outer.length * extent];
      Arrays.setAll(elements, i -> outer[i / extent] * row.dim(axis) + begin[axis] + i % extent);
    }
    return elements;
  }

  /** Each row with each window hidden, windows of a row one behind the other. */
  private record Hidden(int[][] windows, int rows, int size, float[] x, float[] b)
      implements Copies {
    @Override
    public int count() {
      return Math.multiplyExact(rows, windows.length);
    }

    @Override
    public int row(int c) {
      return c / windows.length;
    }

    @Override
    public void write(int c, float[] into, int at) {
      int from = row(c) * size;
      System.arraycopy(x, from, into, at, size);
      for (int e : windows[c % windows.length]) {
        into[at + e] = b[from + e];
      }
    }
  }
}
