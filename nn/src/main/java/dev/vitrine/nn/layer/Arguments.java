package dev.vitrine.nn.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What stands between a layer's parentheses: values by position, then options by name. Whoever asks
 * for a value says what it means, so that errors can.
 */
final class Arguments {
  private final List<String> values;
  private final Map<String, String> options;
  private final List<String> asked = new ArrayList<>();
  private final List<String> known = new ArrayList<>();

  Arguments(List<String> values, Map<String, String> options) {
    this.values = values;
    this.options = options;
  }

  /** The next value. */
  int whole(String what) {
    return readWhole(what, next(what));
  }

  /** The next value: a number, or height and width as {@code 3x5}. */
  int[] pair(String what) {
    return readPair(what, next(what));
  }

  /** The next value. */
  float real(String what) {
    return readReal(what, next(what));
  }

  /** All remaining values, at least one. */
  int[] wholes(String what) {
    var all = new ArrayList<Integer>();
    do {
      all.add(whole(what));
    } while (asked.size() < values.size());
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  int whole(String option, int standard) {
    return option(option, standard, v -> readWhole(option, v));
  }

  int[] pair(String option, int... standard) {
    return option(option, standard, v -> readPair(option, v));
  }

  float real(String option, float standard) {
    return option(option, standard, v -> readReal(option, v));
  }

  boolean flag(String option, boolean standard) {
    return option(
        option,
        standard,
        v ->
            switch (v) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException(option + "=" + v + ": true or false?");
            });
  }

  /** Refuses what nobody asked for. */
  void done() {
    if (values.size() > asked.size()) {
      throw new IllegalArgumentException(
          "%d values given, but only %s expected"
              .formatted(values.size(), asked.isEmpty() ? "options are" : asked + " are"));
    }
    for (String option : options.keySet()) {
      if (!known.contains(option)) {
        throw new IllegalArgumentException(
            "option \"%s\" is unknown; there is %s"
                .formatted(option, known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
  }

  private String next(String what) {
    asked.add(what);
    if (asked.size() > values.size()) {
      throw new IllegalArgumentException("value %d (%s) is missing".formatted(asked.size(), what));
    }
    return values.get(asked.size() - 1);
  }

  private <T> T option(String name, T standard, Function<String, T> read) {
    known.add(name);
    String v = options.get(name);
    return v == null ? standard : read.apply(v);
  }

  private static int readWhole(String what, String v) {
    try {
      return Integer.parseInt(v);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + " is \"" + v + "\", a whole number is needed", e);
    }
  }

  private static int[] readPair(String what, String v) {
    int x = v.indexOf('x');
    return x < 0
        ? new int[] {readWhole(what, v), readWhole(what, v)}
        : new int[] {readWhole(what, v.substring(0, x)), readWhole(what, v.substring(x + 1))};
  }

  private static float readReal(String what, String v) {
    try {
      float number = Float.parseFloat(v);
      if (Float.isFinite(number)) {
        return number;
      }
      throw new NumberFormatException(v);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + " is \"" + v + "\", a number is needed", e);
    }
  }
}
