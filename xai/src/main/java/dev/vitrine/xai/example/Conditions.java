package dev.vitrine.xai.example;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Partition;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * What can be said of a row, and what rows look like of which some of it is true: the language of
 * rules, and the distribution D(z | A) that their precision is about.
 */
public interface Conditions {
  /** What is true of each row of a question. */
  List<OfRow> of(Question q);

  /** Conditions that are true of one row. A rule is a set of them. */
  interface OfRow {
    /** The elements that each condition is about. */
    Partition features();

    /** A condition in words. */
    String text(int condition);

    /** The share of all rows of which a rule is true. */
    double coverage(BitSet rule);

    /**
     * Draws a row of which a rule is true.
     *
     * @param key decides, together with {@code sample}, every random number
     */
    void draw(BitSet rule, long key, int sample, float[] into, int at);
  }

  /**
   * Column j is in the quartile bin, or is of the category, that the row is in. Other rows are
   * those of the table, where a column that the rule is about has the value of another row of the
   * table that fulfils the rule there.
   *
   * @param rows what the predictor was trained on, [m, columns]
   * @param categorical columns that hold categories
   * @param names of the columns; none: x0, x1, …
   */
  static Conditions table(Tensor rows, Set<Integer> categorical, String... names) {
    return TableConditions.of(rows, categorical, names);
  }

  /**
   * A feature is as it is: a word is there, a superpixel can be seen. In other rows each feature
   * that the rule doesn't name is hidden with probability ½.
   *
   * @param hidden what stands where a feature is hidden
   * @param names of the features; none: feature 0, feature 1, …
   */
  static Conditions kept(Features features, Baseline hidden, String... names) {
    return new KeptFeatures(features, hidden, List.of(names));
  }
}
