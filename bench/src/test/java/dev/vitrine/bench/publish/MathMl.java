package dev.vitrine.bench.publish;

import java.util.List;

/** Pieces of MathML, the formulas of browsers (w3.org/TR/mathml-core). */
final class MathMl {
  private MathMl() {}

  static String row(String inside) {
    return "<mrow>" + inside + "</mrow>";
  }

  /** The brackets around all of it go; beside a word the fraction stays in line: c/groups. */
  static String fraction(String top, String below) {
    if (word(top) || word(below)) {
      return row(top + "<mo>/</mo>" + below);
    }
    return "<mfrac>" + row(bare(top)) + row(bare(below)) + "</mfrac>";
  }

  private static boolean word(String math) {
    return bare(math).matches("<mi>[a-zA-Z]{2,}</mi>");
  }

  /** Without the brackets around all of it. */
  static String bare(String math) {
    String inside = math;
    while (inside.startsWith("<mrow>") && closes(inside, "<mrow>", "</mrow>") == inside.length()) {
      inside = inside.substring(6, inside.length() - 7);
    }
    for (var pair : List.of("()", "{}")) {
      String open = "<mo>" + pair.charAt(0) + "</mo>";
      String close = "<mo>" + pair.charAt(1) + "</mo>";
      if (inside.startsWith(open) && closes(inside, open, close) == inside.length()) {
        return inside.substring(open.length(), inside.length() - close.length());
      }
    }
    return inside;
  }

  /** Where what opens at the beginning is closed. */
  private static int closes(String s, String open, String close) {
    int depth = 0;
    for (int i = 0; i < s.length(); i++) {
      if (s.startsWith(open, i)) {
        depth++;
      } else if (s.startsWith(close, i) && --depth == 0) {
        return i + close.length();
      }
    }
    return -1;
  }

  /** What stands at the foot of a base, at its head, or both. */
  static String script(String base, String below, String above) {
    String b = row(base);
    if (above.isEmpty()) {
      return "<msub>" + b + below + "</msub>";
    }
    return below.isEmpty()
        ? "<msup>" + b + above + "</msup>"
        : "<msubsup>" + b + below + above + "</msubsup>";
  }
}
