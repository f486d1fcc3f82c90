package dev.vitrine.nn.layer;

import java.util.StringJoiner;

/**
 * A layer as {@link Specification} reads it: {@code conv2d(1, 32, 3x5, stride=2)}; what is standard
 * is left out.
 */
final class Wording {
  private final String name;
  private final StringJoiner arguments = new StringJoiner(", ", "(", ")").setEmptyValue("");

  Wording(String name, Object... first) {
    this.name = name;
    for (Object a : first) {
      arguments.add(a.toString());
    }
  }

  Wording option(String option, Object value, Object standard) {
    if (!value.equals(standard)) {
      arguments.add(option + "=" + value);
    }
    return this;
  }

  /** Height and width: {@code 3x5}, or {@code 3} if they are equal. */
  static String pair(int h, int w) {
    return h == w ? "" + h : h + "x" + w;
  }

  @Override
  public String toString() {
    return name + arguments;
  }
}
