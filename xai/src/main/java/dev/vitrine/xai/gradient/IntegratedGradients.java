package dev.vitrine.xai.gradient;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.RuleSet;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.AffineReach;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.FromBaseline;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Recording;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * a = (x − b)·∫₀¹ ∇f(b + α(x − b)) dα, by quadrature (Sundararajan, Taly and Yan 2017, eq. 1). At a
 * layer the path lies between what the layer gives for x and for b.
 *
 * <p>Complete: Σ a = f(x) − f(b), up to the error of the quadrature, which every attribution
 * reports per row.
 *
 * @param at where the path lies
 * @param rule where on the path gradients are taken
 * @param steps how many points; with a tolerance, the first try that may be accepted, behind one
 *     with half as many
 * @param baseline b
 * @param tolerance 0 = exactly {@code steps} points; else each row doubles its points until |Σ a −
 *     (f(x) − f(b))| ≤ tolerance·max(|f(x) − f(b)|, 1), at most {@value #MOST_STEPS} points; the
 *     estimated error is then Σ |a − a before|, where the points were doubled
 * @param multiplied false: the average gradient itself, without the factor x − b
 * @param budget bytes that one replay may use
 */
public record IntegratedGradients(
    Place at,
    Quadrature rule,
    int steps,
    Baseline baseline,
    double tolerance,
    boolean multiplied,
    long budget)
    implements FromBaseline {
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
    this(Place.input(), Quadrature.GAUSS_LEGENDRE, 50, Baseline.zero(), 0, true, PathSum.BUDGET);
  }

  public IntegratedGradients at(Place other) {
    return new IntegratedGradients(other, rule, steps, baseline, tolerance, multiplied, budget);
  }

  public IntegratedGradients rule(Quadrature other) {
    return new IntegratedGradients(at, other, steps, baseline, tolerance, multiplied, budget);
  }

  public IntegratedGradients steps(int other) {
    return new IntegratedGradients(at, rule, other, baseline, tolerance, multiplied, budget);
  }

  @Override
  public IntegratedGradients baseline(Baseline other) {
    return new IntegratedGradients(at, rule, steps, other, tolerance, multiplied, budget);
  }

  /** As many points as each row needs, 8 or more. */
  public IntegratedGradients tolerance(double other) {
    return new IntegratedGradients(at, rule, 8, baseline, other, multiplied, budget);
  }

  /** Without the factor x − b. */
  public IntegratedGradients averageGradient() {
    return new IntegratedGradients(at, rule, steps, baseline, tolerance, false, budget);
  }

  public IntegratedGradients budget(long bytes) {
    return new IntegratedGradients(at, rule, steps, baseline, tolerance, multiplied, bytes);
  }

  @Override
  public String name() {
    return "IntegratedGradients";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> s = new LinkedHashMap<>();
    s.put("at", at.toString());
    s.put("rule", rule.name());
    s.put("steps", String.valueOf(steps));
    s.put("baseline", baseline.toString());
    s.put("tolerance", String.valueOf(tolerance));
    s.put("multiplied", String.valueOf(multiplied));
    return s;
  }

  @Override
  public Attribution explain(Question q) {
    int n = q.size();
    StraightPath path = StraightPath.of(q, at, baseline);
    // behind what is affine the path is straight too, and shorter to walk
    Place inner = new AffineReach(at);
    StraightPath inside = path.carried(at, inner);
    float[] span = path.span();
    float[] integrals = new float[span.length];
    float[] gap = new float[n];
    float[] error = new float[n];
    int[] taken = new int[n];
    boolean[] converged = new boolean[n];
    int[] open = IntStream.range(0, n).toArray();
    // half as many at first, so that each row has two results to judge its error by
    int now = tolerance == 0 ? steps : Math.max(steps / 2, 2);
    while (open.length > 0) {
      float[] some = integrals(q, inside, inner, open, now);
      int width = some.length / open.length;
      for (int i = 0; i < open.length; i++) {
        int r = open[i];
        double sum = 0;
        double moved = 0;
        for (int j = r * width; j < (r + 1) * width; j++) {
          float before = integrals[j] * span[j];
          integrals[j] = some[j + (i - r) * width];
          float after = integrals[j] * span[j];
          sum += after;
          moved += Math.abs((double) before - after);
        }
        double difference = (double) path.fto()[r] - path.ffrom()[r];
        double miss = sum - difference;
        error[r] = (float) moved;
        gap[r] = (float) miss;
        converged[r] =
            tolerance == 0
                || taken[r] > 0 && Math.abs(miss) <= tolerance * Math.max(Math.abs(difference), 1);
        taken[r] = now;
      }
      boolean last = tolerance == 0 || now == MOST_STEPS;
      // a gap that is no number stays so, however many points there are
      open =
          last
              ? new int[0]
              : Arrays.stream(open).filter(r -> !converged[r] && Float.isFinite(gap[r])).toArray();
      now = Math.min(2 * now, MOST_STEPS);
    }
    inside.from().owner().close();
    inside.to().owner().close();
    for (int j = 0; multiplied && j < span.length; j++) {
      integrals[j] *= span[j];
    }
    Tensor values = new Memory("integrated gradients").floats(path.to().shape(), integrals);
    var convergence =
        new Attribution.Convergence(gap, taken, converged, tolerance == 0 ? null : error);
    return q.answer(this, values, path.fto(), convergence, null);
  }

  /** ∫ ∇f along the paths of some rows, each of so many points. */
  private float[] integrals(Question q, StraightPath inside, Place inner, int[] rows, int points) {
    try (Question asked = q.rows(rows)) {
      Tensor within = sum(inner).run(asked, inside.from(rows), inside.to(rows), rule.rule(points));
      Tensor back = asked.value(new Back(at), Map.of("gradient", within), r -> back(r, inner));
      float[] all = back.toFloats();
      within.owner().close();
      back.owner().close();
      return all;
    }
  }

  private record Back(Place to) {}

  private PathSum sum(Place inner) {
    return new PathSum(name(), inner, budget, (r, points) -> points.sum(r.gradient(inner)));
  }

  /** A gradient at {@code inner}, carried back by what is affine. */
  private Var back(Recording r, Place inner) {
    Var g = r.input("gradient");
    Flow flow = r.tape().backward(r.at(inner), g, List.of(r.at(at)), RuleSet.GRADIENT);
    return Objects.requireNonNull(flow.at(r.at(at)));
  }
}
