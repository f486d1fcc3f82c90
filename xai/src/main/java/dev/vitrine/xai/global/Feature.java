package dev.vitrine.xai.global;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One number of a row.
 *
 * @param index its position in the row, counted from 0; rows of several axes count row-major
 * @param name what people call it
 */
public record Feature(int index, String name) {
  /** The feature at this position, named {@code x3}. */
  public static Feature of(int index) {
    return new Feature(index, "x" + index);
  }

  /** A feature for each name, in this order: the columns of a table. */
  public static List<Feature> named(List<String> names) {
    var all = new ArrayList<Feature>();
    for (String name : names) {
      all.add(new Feature(all.size(), name));
    }
    return List.copyOf(all);
  }

  /** Positions in descending order of these amounts, equal ones in their own order. */
  public static int[] order(double[] amounts) {
    return IntStream.range(0, amounts.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(j -> -amounts[j]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
