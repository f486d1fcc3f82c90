package dev.vitrine.xai.global;

import dev.vitrine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Some rows of a data set that have something in common.
 *
 * @param name what it is
 * @param rows which ones, in ascending order
 */
public record Slice(String name, int[] rows) {
  /** All of n rows. */
  public static Slice all(int n) {
    return new Slice("all", IntStream.range(0, n).toArray());
  }

  /** The rows that {@code is} holds for. */
  public static Slice where(String name, int n, IntPredicate is) {
    return new Slice(name, IntStream.range(0, n).filter(is).toArray());
  }

  /** The rows of each label; classes beyond the names are called by their number. */
  public static List<Slice> byClass(int[] labels, List<String> names) {
    return Arrays.stream(labels)
        .sorted()
        .distinct()
        .mapToObj(c -> {
          String name = c >= 0 && c < names.size() ? names.get(c) : "class " + c;
          return where(name, labels.length, r -> labels[r] == c);
        })
        .toList();
  }

  /**
   * The rows of {@code x} [n, …] whose feature lies between neighbouring edges, v[k] &lt; value
   * &lt;= v[k + 1], the lowest edge included; what lies outside is in the nearest one.
   */
  public static List<Slice> byRange(Tensor x, Axis edges) {
    double[] column = Rows.of(x).column(edges.feature());
    var slices = new ArrayList<Slice>();
    double[] v = edges.values();
    for (int k = 0; k < Math.max(v.length - 1, 1); k++) {
      int bin = k;
      String from = Axis.text(v[k]);
      String name =
          v.length == 1
              ? "%s = %s".formatted(edges.feature(), from)
              : "%s %s %s <= %s"
                  .formatted(from, k == 0 ? "<=" : "<", edges.feature(), Axis.text(v[k + 1]));
      slices.add(where(name, column.length, r -> edges.bin(column[r]) == bin));
    }
    return List.copyOf(slices);
  }

  /** Each of these slices with each of those: the rows that are in both, where there are any. */
  public static List<Slice> crossed(List<Slice> these, List<Slice> those) {
    var slices = new ArrayList<Slice>();
    for (Slice a : these) {
      for (Slice b : those) {
        int[] both =
            Arrays.stream(a.rows).filter(r -> Arrays.binarySearch(b.rows, r) >= 0).toArray();
        if (both.length > 0) {
          slices.add(new Slice(a.name + ", " + b.name, both));
        }
      }
    }
    return List.copyOf(slices);
  }
}
