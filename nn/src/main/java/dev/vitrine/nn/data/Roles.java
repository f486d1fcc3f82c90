package dev.vitrine.nn.data;

import java.util.Set;

/**
 * Which part the columns of a table play.
 *
 * @param target the column to be predicted
 * @param value whether it holds numbers to be met (true) or classes to be told apart (false)
 * @param categorical input columns that are categories even if they look like numbers
 */
public record Roles(String target, boolean value, Set<String> categorical) {
  public Roles {
    categorical = Set.copyOf(categorical);
  }

  /** Predict the class in this column. */
  public static Roles label(String target) {
    return new Roles(target, false, Set.of());
  }

  /** Predict the number in this column. */
  public static Roles value(String target) {
    return new Roles(target, true, Set.of());
  }

  /** The same, with these input columns as categories. */
  public Roles categorical(String... columns) {
    return new Roles(target, value, Set.of(columns));
  }
}
