package dev.vitrine.xai.example;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.example.Flips.Seen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * min_Δ Σ_j |Δ_j|/s_j such that the network says another class of x + Δ: the nearest change that
 * makes a difference, s_j being the median absolute deviation of a column (Wachter, Mittelstadt and
 * Russell 2017). It is sought by the proximal steps of Dhurandhar et al. (2018), then spared what
 * isn't needed.
 *
 * <p>One output is taken for the logit of class 1 of two: it is above 0 where class 1 is said.
 *
 * <p>Changes keep within limits, and columns that nobody can change stay. What is said to be found
 * has been seen by the network; that nothing was found doesn't mean that there is nothing. All rows
 * are changed together, and none influences another.
 *
 * <pre>{@code
 * var what = Counterfactual.of(training).between(3, 0, 100).fixed(0);
 * Change nearest = what.find(subject, x.rows(0, 1)).getFirst();
 * }</pre>
 */
public final class Counterfactual {
  private final Reach reach;
  private final double margin;
  private final double ridge;
  private final int rounds;
  private final int steps;
  private final double step;

  private Counterfactual(
      Reach reach, double margin, double ridge, int rounds, int steps, double step) {
    if (!(margin >= 0 && ridge >= 0 && step > 0) || rounds < 1 || steps < 2) {
      throw new IllegalArgumentException(
          "margin %s, ridge %s, %d rounds of %d steps of %s: 0 or more of the first two, 1 round,"
                  .formatted(margin, ridge, rounds, steps, step)
              + " 2 steps and a positive step are needed");
    }
    this.reach = reach;
    this.margin = margin;
    this.ridge = ridge;
    this.rounds = rounds;
    this.steps = steps;
    this.step = step;
  }

  /**
   * Distances in units of each column's median absolute deviation (where it is 0, of its standard
   * deviation), without limits; 10 rounds of 100 steps of 0.1 such units.
   *
   * @param training rows that the network was trained on, [m, …]
   */
  public static Counterfactual of(Tensor training) {
    return new Counterfactual(Reach.of(training), 0, 0, 10, 100, 0.1);
  }

  private Counterfactual within(Reach other) {
    return new Counterfactual(other, margin, ridge, rounds, steps, step);
  }

  /** Limits of a column. */
  public Counterfactual between(int column, float low, float high) {
    return within(reach.between(column, low, high));
  }

  /** Limits of all columns. */
  public Counterfactual between(float low, float high) {
    Reach all = reach;
    for (int j = 0; j < reach.scales().length; j++) {
      all = all.between(j, low, high);
    }
    return within(all);
  }

  /** Columns that may not change. */
  public Counterfactual fixed(int... columns) {
    Reach all = reach;
    for (int j : columns) {
      all = all.fix(j);
    }
    return within(all);
  }

  /** How much larger the output of the new class must be than any other. */
  public Counterfactual margin(double least) {
    return new Counterfactual(reach, least, ridge, rounds, steps, step);
  }

  /** ρ of an elastic net, Σ|u_j| + ρ/2·Σu_j²: more columns change, each of them less. */
  public Counterfactual ridge(double weight) {
    return new Counterfactual(reach, margin, weight, rounds, steps, step);
  }

  /** So many tries with other weights of the class, so many steps each. */
  public Counterfactual steps(int ofRounds, int ofEach) {
    return new Counterfactual(reach, margin, ridge, ofRounds, ofEach, step);
  }

  /** Σ|u_j| + ρ/2·Σu_j². */
  double cost(double[] u) {
    double sum = 0;
    for (double v : u) {
      sum += Math.abs(v) + ridge / 2 * v * v;
    }
    return sum;
  }

  /** How many times v has a given cost. */
  double times(double[] v, double cost) {
    double size = Arrays.stream(v).map(Math::abs).sum();
    double squares = Arrays.stream(v).map(x -> x * x).sum();
    return 2 * cost / (size + Math.sqrt(size * size + 2 * ridge * squares * cost));
  }

  double ridge() {
    return ridge;
  }

  int rounds() {
    return rounds;
  }

  int steps() {
    return steps;
  }

  double step() {
    return step;
  }

  /**
   * The nearest change of each row that was found.
   *
   * @param x rows, [n, …]
   * @param wanted the class that the network shall say: one for all rows or one per row; none: any
   *     but the one that it says
   */
  public List<Change> find(Subject subject, Tensor x, int... wanted) {
    subject.network(); // refuses functions: without gradients there is no way to go
    reach.check(x);
    int n = x.shape().dim(0);
    if (Arrays.stream(wanted).anyMatch(c -> c < 0)) {
      throw new IllegalArgumentException(
          "wanted classes %s: classes are numbered from 0".formatted(Arrays.toString(wanted)));
    }
    if (wanted.length > 1 && wanted.length != n) {
      throw new IllegalArgumentException(
          "%d wanted classes for %d rows: give none, one, or one per row"
              .formatted(wanted.length, n));
    }
    if (n == 0) {
      return List.of();
    }
    int[] classes = new int[n];
    Arrays.setAll(classes, r -> wanted.length == 0 ? -1 : wanted[wanted.length == 1 ? 0 : r]);
    var flips = new Flips(subject, x, reach, margin, classes);
    ProximalSearch.Best[] best = new ProximalSearch(flips, this).run();
    int[] rows = IntStream.range(0, n).filter(r -> best[r].change != null).toArray();
    double[][] found = Arrays.stream(rows).mapToObj(r -> best[r].change).toArray(double[][]::new);
    double[][] spared = Sparing.of(flips, this, rows, found);
    double[][] changes = new double[n][flips.width()];
    for (int i = 0; i < rows.length; i++) {
      changes[rows[i]] = spared[i];
    }
    Seen[] seen = flips.look(IntStream.range(0, n).toArray(), changes);
    var answers = new ArrayList<Change>();
    for (int r = 0; r < n; r++) {
      answers.add(change(flips, r, changes[r], seen[r], best[r]));
    }
    return answers;
  }

  private Change change(Flips flips, int r, double[] u, Seen seen, ProximalSearch.Best best) {
    float[] was = flips.x(r);
    float[] is = flips.changed(r, u);
    Tensor row = new Memory("changed").floats(flips.shape(), is);
    int[] columns = IntStream.range(0, is.length).filter(j -> is[j] != was[j]).toArray();
    return new Change(
        seen.flipped(),
        row,
        Arrays.stream(columns).boxed().toList(),
        reach.distance(was, is),
        flips.before(r),
        seen.flipped() ? seen.to() : flips.before(r),
        seen.flipped() ? seen.lead() : best.lead,
        seen.flipped() ? best.steps : rounds * steps);
  }
}
