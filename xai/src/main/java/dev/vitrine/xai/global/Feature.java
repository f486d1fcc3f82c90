package dev.vitrine.xai.global;

import java.util.ArrayList;
import java.util.List;

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

  @Override
  public String toString() {
    return name;
  }
}
