package dev.vitrine.nn.torch;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in the order in which people count: conv2 before conv10, 3.0 before 12.1. */
enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");

  @Override
  public int compare(String a, String b) {
    Matcher x = PART.matcher(a);
    Matcher y = PART.matcher(b);
    while (x.find() && y.find()) {
      int order = parts(x.group(), y.group());
      if (order != 0) {
        return order;
      }
    }
    return a.compareTo(b);
  }

  private static int parts(String a, String b) {
    if (!isNumber(a) || !isNumber(b)) {
      return a.compareTo(b);
    }
    String x = a.replaceFirst("^0+", "");
    String y = b.replaceFirst("^0+", "");
    return x.length() == y.length() ? x.compareTo(y) : Integer.compare(x.length(), y.length());
  }

  private static boolean isNumber(String s) {
    return s.charAt(0) >= '0' && s.charAt(0) <= '9';
  }

  /** True if the first difference between two names is that of two numbers. */
  static boolean isByNumber(String a, String b) {
    Matcher x = PART.matcher(a);
    Matcher y = PART.matcher(b);
    while (x.find() && y.find()) {
      if (!x.group().equals(y.group())) {
        return isNumber(x.group()) && isNumber(y.group());
      }
    }
    return false;
  }
}
