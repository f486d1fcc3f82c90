package dev.vitrine.bench.run;

import dev.vitrine.nn.data.Dataset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** {@code 3} or {@code 0-19}: numbers from (inclusive) to (inclusive). */
public record Range(int from, int to) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  public static Range parse(String option, String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "%s %s: a number such as 3 or a range such as 0-19 is needed".formatted(option, text));
    }
    int from = Integer.parseInt(m.group(1));
    int to = m.group(2) == null ? from : Integer.parseInt(m.group(2));
    if (to < from) {
      throw new IllegalArgumentException(
          "%s %s: the range ends before it begins; did you mean %d-%d?"
              .formatted(option, text, to, from));
    }
    return new Range(from, to);
  }

  /** Refuses rows that the data does not have. */
  public void refuseBeyond(String option, Dataset data) {
    refuseBeyond(option, data.name(), data.size());
  }

  /** Refuses rows that are none of so many. */
  public void refuseBeyond(String option, String name, int size) {
    if (to >= size) {
      throw new IllegalArgumentException(
          "%s %s: %s has rows 0 to %d".formatted(option, this, name, size - 1));
    }
  }

  public int[] values() {
    return IntStream.rangeClosed(from, to).toArray();
  }

  @Override
  public String toString() {
    return from == to ? Integer.toString(from) : from + "-" + to;
  }
}
