package dev.vitrine.xai.shapley;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.linear.Lars;
import dev.vitrine.xai.linear.NormalEquations;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Game;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The φ that fit the values of coalitions best under Σ φ = v(N) − v(∅): with A and b of the normal
 * equations, φ = A⁻¹(b − λ·1), where λ makes the sum right (Covert and Lee 2021, eq. 7).
 *
 * @param phi of every feature
 * @param nothing v(∅)
 * @param all v(N)
 * @param coalitions how many were evaluated between them
 * @param dropped features that vary and were made 0 because few were asked for
 * @param determined whether the coalitions leave no choice; else φ is the fit closest to equal
 *     shares of v(N) − v(∅)
 * @param error the standard error of each φ that comes from drawing coalitions: √ of the diagonal
 *     of A⁻¹(Σ g·gᵀ)A⁻¹, g the score π·z·residual of a drawn coalition and its complement; null if
 *     it wasn't asked for
 * @param converged whether the errors are as small as was asked, or no more can be drawn
 */
public record ShapleyFit(
    double[] phi,
    double nothing,
    double all,
    int coalitions,
    int dropped,
    boolean determined,
    double @Nullable [] error,
    boolean converged) {

  /** No row is given more coalitions because of a tolerance. */
  static final int MOST = 1 << 16;

  /**
   * Fits a row.
   *
   * @param players the features that vary, of {@code features}
   * @param v of the empty coalition, the full one, and those of the kernel
   * @param most features that are kept; 0 = all
   */
  public static ShapleyFit of(
      int[] players,
      int features,
      KernelCoalitions kernel,
      double[] v,
      int most,
      KernelShap.Precision precision) {
    double[] y = new double[kernel.sets().count()];
    Arrays.setAll(y, s -> v[s + 2] - v[0]);
    double total = v[1] - v[0];
    int[] kept = IntStream.range(0, players.length).toArray();
    if (most > 0 && most < players.length) {
      kept = kept(kernel, y, total, most);
    }
    double[] phi = new double[features];
    double[] error = precision.asked() ? new double[features] : null;
    boolean determined = true;
    if (kept.length == 1) {
      phi[players[kept[0]]] = total;
    } else if (kept.length > 1) {
      var fit = new Constrained(kernel, kept, y, total);
      determined = fit.determined;
      for (int i = 0; i < kept.length; i++) {
        phi[players[kept[i]]] = fit.phi[i];
      }
      if (error != null) {
        double[] own = fit.error();
        for (int i = 0; i < kept.length; i++) {
          error[players[kept[i]]] = own[i];
        }
      }
    }
    boolean sampled = kernel.enumerated() < y.length && y.length < MOST;
    boolean rough = error != null && norm(error) > precision.tolerance() * norm(phi);
    boolean more = precision.tolerance() > 0 && sampled && rough;
    int dropped = players.length - kept.length;
    return new ShapleyFit(phi, v[0], v[1], y.length, dropped, determined, error, !more);
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double e : v) {
      sum += e * e;
    }
    return Math.sqrt(sum);
  }

  /**
   * The features that least-angle regression takes up first, on the problem without the constraint:
   * each coalition seen from nothing and from everything.
   */
  private static int[] kept(KernelCoalitions kernel, double[] y, double total, int most) {
    Coalitions sets = kernel.sets();
    int m = sets.players();
    double[][] z = new double[2 * y.length][m];
    double[] both = new double[z.length];
    for (int s = 0; s < y.length; s++) {
      int size = sets.size(s);
      double fromNothing = Math.sqrt(kernel.weights()[s] * (m - size));
      double fromAll = Math.sqrt(kernel.weights()[s] * size);
      for (int i = 0; i < m; i++) {
        boolean has = sets.has(s, i);
        z[s][i] = has ? fromNothing : 0;
        z[y.length + s][i] = has ? 0 : -fromAll;
      }
      both[s] = fromNothing * y[s];
      both[y.length + s] = fromAll * (y[s] - total);
    }
    return Lars.path(z, both, false).active(most);
  }

  /** The fit of the kept features. */
  private static final class Constrained {
    /** The penalty beside A: far below what values of float32 can tell, far above rounding. */
    private static final double OPEN = 1e-9;

    private final KernelCoalitions kernel;
    private final int[] kept;
    private final NormalEquations.Solver solver;

    /** A⁻¹·1, and its sum. */
    private final double[] ones;

    private final double sum;
    private final double[] values;
    final boolean determined;
    final double[] phi;

    Constrained(KernelCoalitions kernel, int[] kept, double[] y, double total) {
      this.kernel = kernel;
      this.kept = kept;
      this.values = y;
      var equations = new NormalEquations(kept.length);
      double[] z = new double[kept.length];
      for (int s = 0; s < y.length; s++) {
        known(s, z);
        equations.add(kernel.weights()[s], z, y[s]);
      }
      NormalEquations.Solver found = equations.solver();
      this.determined = found != null;
      double[] right = equations.right().clone();
      double even = 0;
      if (found == null) {
        even = total / kept.length;
        found = closestToEven(equations, right, even, z);
      }
      this.solver = found;
      double[] all = new double[kept.length];
      Arrays.fill(all, 1);
      this.ones = solver.solve(all);
      this.sum = ExactShapley.sum(ones);
      this.phi = constrained(solver.solve(right), total - even * kept.length);
      for (int i = 0; i < phi.length; i++) {
        phi[i] += even;
      }
    }

    /**
     * Makes the differences to equal shares the unknowns, and penalises them by so little that it
     * decides nothing but what the coalitions leave open.
     */
    private NormalEquations.Solver closestToEven(
        NormalEquations equations, double[] right, double even, double[] z) {
      Arrays.fill(right, 0);
      for (int s = 0; s < values.length; s++) {
        known(s, z);
        double rest = values[s] - even * ExactShapley.sum(z);
        for (int i = 0; i < z.length; i++) {
          right[i] = Math.fma(kernel.weights()[s] * rest, z[i], right[i]);
        }
      }
      double penalty = OPEN * equations.size();
      for (int i = 0; i < kept.length; i++) {
        equations.penalise(i, penalty);
      }
      return Objects.requireNonNull(equations.solver(), "a penalised matrix is regular");
    }

    /** Moves A⁻¹·b along A⁻¹·1 until it adds up to {@code total}. */
    private double[] constrained(double[] free, double total) {
      double shift = (ExactShapley.sum(free) - total) / sum;
      double[] moved = new double[free.length];
      Arrays.setAll(moved, i -> free[i] - shift * ones[i]);
      return moved;
    }

    private void known(int s, double[] z) {
      for (int i = 0; i < kept.length; i++) {
        z[i] = kernel.sets().has(s, kept[i]) ? 1 : 0;
      }
    }

    double[] error() {
      double[] y = values;
      double[] squares = new double[kept.length];
      double[] z = new double[kept.length];
      for (int s = kernel.enumerated(); s < y.length; ) {
        double[] score = new double[kept.length];
        int first = s;
        do {
          known(s, z);
          double residual = y[s];
          for (int i = 0; i < z.length; i++) {
            residual -= z[i] * phi[i];
          }
          for (int i = 0; i < z.length; i++) {
            score[i] += kernel.weights()[s] * residual * z[i];
          }
          s++;
        } while (s == first + 1 && s < y.length && areComplements(first, s));
        double[] moved = constrained(solver.solve(score), 0);
        for (int i = 0; i < squares.length; i++) {
          squares[i] += moved[i] * moved[i];
        }
      }
      return Arrays.stream(squares).map(Math::sqrt).toArray();
    }

    private boolean areComplements(int s, int t) {
      for (int i = 0; i < kernel.sets().players(); i++) {
        if (kernel.sets().has(s, i) == kernel.sets().has(t, i)) {
          return false;
        }
      }
      return true;
    }
  }

  /** The attribution that the fits of all rows are. */
  static Attribution answer(Explainer by, Question q, Game game, List<ShapleyFit> fits) {
    var memory = new Memory("kernel shap");
    Tensor values = memory.floats(q.x().shape());
    boolean errors = !fits.isEmpty() && fits.getFirst().error() != null;
    Tensor error = errors ? memory.floats(q.x().shape()) : null;
    int n = fits.size();
    float[] gap = new float[n];
    int[] steps = new int[n];
    boolean[] converged = new boolean[n];
    float[] dropped = new float[n];
    float[] determined = new float[n];
    for (int r = 0; r < n; r++) {
      ShapleyFit fit = fits.get(r);
      values.rows(r, r + 1).set(game.features(r).spread(fit.phi()));
      if (error != null && fit.error() != null) {
        error.rows(r, r + 1).set(game.features(r).spread(fit.error()));
      }
      gap[r] = (float) (ExactShapley.sum(fit.phi()) - (fit.all() - fit.nothing()));
      steps[r] = fit.coalitions();
      converged[r] = fit.converged();
      dropped[r] = fit.dropped();
      determined[r] = fit.determined() ? 1 : 0;
    }
    var convergence = new Attribution.Convergence(gap, steps, converged, null);
    return q.answer(
        by,
        values,
        q.explained(),
        convergence,
        error,
        Map.of("dropped", dropped, "determined", determined));
  }
}
