package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Coalitions;
import java.util.List;

/**
 * The explained number of a row while its features change one after the other.
 *
 * @param fractions how much has changed at each point, from 0 to 1
 * @param values the explained number there
 */
public record Curve(double[] fractions, double[] values) {
  /** The area under it by the trapezoid rule: its mean over the fraction. */
  public double area() {
    double sum = 0;
    for (int k = 1; k < values.length; k++) {
      sum += (fractions[k] - fractions[k - 1]) * (values[k] + values[k - 1]) / 2;
    }
    return sum;
  }

  /**
   * What changes along a curve.
   *
   * @param step features that change at once; the last step may be shorter
   * @param order which come first
   * @param insert whether features come back into an empty row, instead of leaving the full one
   */
  public record Walk(Removal removal, int step, Order order, boolean insert) {
    public Walk {
      if (step < 1) {
        throw new IllegalArgumentException("step: " + step + " given, at least 1 is needed");
      }
    }

    /** The curve of each row. */
    public List<Curve> curves(Question q, Attribution a) {
      return removal.ask(q, a, this::sets, (row, v) -> new Curve(fractions(row.count()), v));
    }

    private Coalitions sets(Removal.Row row) {
      int m = row.count();
      int[] first = order.of(row.scores());
      var sets = new Coalitions(m);
      for (int k = 0; k < m + step; k += step) {
        if (insert) {
          Removal.only(sets, first, Math.min(k, m));
        } else {
          Removal.without(sets, first, Math.min(k, m));
        }
      }
      return sets;
    }

    private double[] fractions(int m) {
      double[] fractions = new double[Math.ceilDiv(m, step) + 1];
      for (int k = 0; k < fractions.length; k++) {
        fractions[k] = (double) Math.min(k * step, m) / m;
      }
      return fractions;
    }
  }
}
