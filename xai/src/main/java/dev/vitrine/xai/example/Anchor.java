package dev.vitrine.xai.example;

import java.util.List;
import java.util.Locale;

/**
 * A rule that is true of a row, and how surely rows of which it is true are of the same class.
 *
 * @param conditions what it consists of: columns of a table, features; none: it is always true
 * @param texts the conditions in words
 * @param label the class
 * @param found whether its precision is proven to be as large as was asked for; if not, this is the
 *     rule of which most is proven
 * @param precision P(class | rule), estimated
 * @param low of all rules that were tried for the row, none has a precision outside of its low to
 *     high, with a probability of at least 1 − δ
 * @param coverage P(rule)
 * @param samples that were drawn for the row, for all rules together
 */
public record Anchor(
    List<Integer> conditions,
    List<String> texts,
    int label,
    boolean found,
    double precision,
    double low,
    double high,
    double coverage,
    int samples) {

  /** "if x1 > 0.5 and x2 = 3 then class 1 (precision 0.99, at least 0.95; coverage 0.08)". */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s class %d (precision %.3f, at least %.3f; coverage %.3f)%s",
        texts.isEmpty() ? "always" : "if " + String.join(" and ", texts) + " then",
        label,
        precision,
        low,
        coverage,
        found ? "" : ": no anchor was found");
  }
}
