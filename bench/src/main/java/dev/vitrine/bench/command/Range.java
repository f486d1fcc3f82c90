package dev.vitrine.bench.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code 3} or {@code 0-19}: numbers from (inclusive) to (inclusive). */
record Range(int from, int to) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  static Range parse(String option, String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          option + " " + text + ": a number such as 3 or a range such as 0-19 is needed");
    }
    int from = Integer.parseInt(m.group(1));
    int to = m.group(2) == null ? from : Integer.parseInt(m.group(2));
    if (to < from) {
      throw new IllegalArgumentException(option + " " + text + ": the range ends before it begins");
    }
    return new Range(from, to);
  }

  int[] values() {
    int[] all = new int[to - from + 1];
    java.util.Arrays.setAll(all, i -> from + i);
    return all;
  }
}
