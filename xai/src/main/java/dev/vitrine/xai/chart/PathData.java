package dev.vitrine.xai.chart;

/**
 * The same path in fewer letters: {@code M206.92 14.78 L206.92 21.01} is {@code M206.92
 * 14.78v6.23}. Steps are taken between points in hundredths, so nothing is rounded that was not.
 */
final class PathData {
  private static final int UNIT = 100;

  private final StringBuilder out = new StringBuilder();
  private long x;
  private long y;
  private long startX;
  private long startY;
  private char last = ' ';

  private PathData() {}

  /** Of the absolute M, L, Q, C and Z that Batik writes; anything else is left as it is. */
  static String brief(String d) {
    var path = new PathData();
    String[] words = d.replaceAll("([A-Za-z])", " $1 ").strip().split("[\\s,]+");
    int at = 0;
    while (at < words.length) {
      char command = words[at].charAt(0);
      int points =
          switch (command) {
            case 'M', 'L' -> 1;
            case 'Q' -> 2;
            case 'C' -> 3;
            case 'Z' -> 0;
            default -> -1;
          };
      if (points < 0) {
        return d;
      }
      long[] to = new long[2 * points];
      for (int k = 0; k < to.length; k++) {
        to[k] = Math.round(Double.parseDouble(words[at + 1 + k]) * UNIT);
      }
      path.append(command, to);
      at += 1 + to.length;
    }
    return path.out.toString();
  }

  private void append(char command, long[] to) {
    if (command == 'Z') {
      out.append('z');
      last = 'z';
      x = startX;
      y = startY;
      return;
    }
    int n = to.length;
    if (command == 'M') {
      letter('M');
      numbers(to[0], to[1]);
      startX = to[0];
      startY = to[1];
    } else if (command == 'L' && to[0] == x) {
      letter('v');
      numbers(to[1] - y);
    } else if (command == 'L' && to[1] == y) {
      letter('h');
      numbers(to[0] - x);
    } else {
      letter(Character.toLowerCase(command));
      for (int k = 0; k < n; k += 2) {
        numbers(to[k] - x, to[k + 1] - y);
      }
    }
    x = to[n - 2];
    y = to[n - 1];
  }

  /** A command that is the one before need not be repeated, but for a new start. */
  private void letter(char command) {
    if (command != last || command == 'M') {
      out.append(command);
    }
    last = command;
  }

  private void numbers(long... hundredths) {
    for (long v : hundredths) {
      char before = out.charAt(out.length() - 1);
      String text = number(v);
      if (Character.isDigit(before) && text.charAt(0) != '-') {
        out.append(' ');
      }
      out.append(text);
    }
  }

  /** −0.5 as -.5, 3.00 as 3. */
  private static String number(long v) {
    long whole = Math.abs(v) / UNIT;
    long rest = Math.abs(v) % UNIT;
    String fraction =
        rest == 0 ? "" : rest % 10 == 0 ? "." + rest / 10 : rest < 10 ? ".0" + rest : "." + rest;
    return (v < 0 ? "-" : "") + (whole == 0 && rest != 0 ? "" : whole) + fraction;
  }
}
