package dev.vitrine.xai.gradient;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Provenance;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * a = (x − b)·∫₀¹ ∇f(b + α(x − b)) dα, by quadrature (Sundararajan, Taly and Yan 2017, eq. 1).
 *
 * <p>Complete: Σ a = f(x) − f(b), up to the error of the quadrature, which every attribution
 * reports per row.
 *
 * @param rule where on the path gradients are taken
 * @param steps how many points; with a tolerance, the first try
 * @param baseline b
 * @param tolerance 0 = exactly {@code steps} points; else each row doubles its points until |Σ a −
 *     (f(x) − f(b))| ≤ tolerance·max(|f(x) − f(b)|, 1), at most {@value #MOST_STEPS} points
 * @param multiplied false: the average gradient itself, without the factor x − b
 * @param budget bytes that one replay may use
 */
public record IntegratedGradients(
    Quadrature rule,
    int steps,
    Baseline baseline,
    double tolerance,
    boolean multiplied,
    long budget)
    implements Explainer {
  static final int MOST_STEPS = 4096;

  public IntegratedGradients {
    if (steps < 1 || steps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "steps: " + steps + " given, 1 to " + MOST_STEPS + " are possible");
    }
    if (rule == Quadrature.RIEMANN_TRAPEZOID && steps < 2) {
      throw new IllegalArgumentException("steps: the trapezoid needs at least 2, 1 given");
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance: " + tolerance + " given, 0 or more is needed");
    }
  }

  /** 50 Gauss–Legendre points from a baseline of zeros. */
  public IntegratedGradients() {
    this(Quadrature.GAUSS_LEGENDRE, 50, Baseline.zero(), 0, true, 64L << 20);
  }

  public IntegratedGradients rule(Quadrature other) {
    return new IntegratedGradients(other, steps, baseline, tolerance, multiplied, budget);
  }

  public IntegratedGradients steps(int other) {
    return new IntegratedGradients(rule, other, baseline, tolerance, multiplied, budget);
  }

  public IntegratedGradients baseline(Baseline other) {
    return new IntegratedGradients(rule, steps, other, tolerance, multiplied, budget);
  }

  /** As many points as each row needs, starting with 8. */
  public IntegratedGradients tolerance(double other) {
    return new IntegratedGradients(rule, 8, baseline, other, multiplied, budget);
  }

  /** Without the factor x − b. */
  public IntegratedGradients averageGradient() {
    return new IntegratedGradients(rule, steps, baseline, tolerance, false, budget);
  }

  public IntegratedGradients budget(long bytes) {
    return new IntegratedGradients(rule, steps, baseline, tolerance, multiplied, bytes);
  }

  @Override
  public String name() {
    return "IntegratedGradients";
  }

  @Override
  public Attribution explain(Subject subject, Tensor x, int firstRow, Target target) {
    int[] classes = target.resolve(subject, x);
    int n = x.shape().dim(0);
    Tensor values = new Memory("integrated gradients").floats(x.shape());
    float[] gap = new float[n];
    int[] taken = new int[n];
    boolean[] converged = new boolean[n];
    try (Memory memory = new Memory("integrated gradients")) {
      Tensor b = baseline.rows(x, firstRow, memory);
      float[] fx = Outputs.explained(subject, x, classes, target);
      float[] fb = Outputs.explained(subject, b, classes, target);
      var path = new PathIntegral(subject, target, budget);
      int[] open = range(n);
      for (int now = steps; open.length > 0; now = Math.min(2 * now, MOST_STEPS)) {
        Tensor xs = rows(x, open, memory);
        Tensor bs = rows(b, open, memory);
        Tensor sums = memory.floats(xs.shape());
        path.run(xs, bs, pick(classes, open), rule.rule(now), sums);
        for (int i = 0; i < open.length; i++) {
          int r = open[i];
          double sum = write(xs.rows(i, i + 1), bs.rows(i, i + 1), sums.rows(i, i + 1), values, r);
          double difference = (double) fx[r] - fb[r];
          gap[r] = (float) (sum - difference);
          taken[r] = now;
          converged[r] =
              tolerance == 0
                  || Math.abs(sum - difference) <= tolerance * Math.max(Math.abs(difference), 1);
        }
        boolean last = tolerance == 0 || now == MOST_STEPS;
        open = last ? new int[0] : Arrays.stream(open).filter(r -> !converged[r]).toArray();
      }
      return new Attribution(
          values,
          classes,
          fx,
          new Attribution.Convergence(gap, taken, converged),
          new Provenance(
              name(),
              settings(firstRow),
              target.toString(),
              subject.hash(),
              subject.device().toString()));
    }
  }

  /**
   * Writes row {@code r} of the result; returns Σ (x − b)·integral, with the factor in any case.
   */
  private double write(Tensor x, Tensor b, Tensor integral, Tensor values, int r) {
    float[] at = x.toFloats();
    float[] from = b.toFloats();
    float[] slope = integral.toFloats();
    float[] a = new float[at.length];
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      a[i] = (at[i] - from[i]) * slope[i];
      sum += a[i];
    }
    values.rows(r, r + 1).set(multiplied ? a : slope);
    return sum;
  }

  private Map<String, String> settings(int firstRow) {
    Map<String, String> s = new LinkedHashMap<>();
    s.put("rule", rule.name());
    s.put("steps", String.valueOf(steps));
    s.put("baseline", baseline.toString());
    s.put("first row", String.valueOf(firstRow));
    s.put("tolerance", String.valueOf(tolerance));
    s.put("multiplied", String.valueOf(multiplied));
    return s;
  }

  private static int[] range(int n) {
    int[] all = new int[n];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private static int[] pick(int[] values, int[] rows) {
    return Arrays.stream(rows).map(r -> values[r]).toArray();
  }

  private static Tensor rows(Tensor x, int[] rows, Memory memory) {
    Shape shape = x.shape().with(0, rows.length);
    Tensor some = memory.floats(shape);
    for (int i = 0; i < rows.length; i++) {
      some.rows(i, i + 1).set(x.rows(rows[i], rows[i] + 1));
    }
    return some;
  }
}
