package dev.vitrine.xai.gradient;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.List;

/**
 * Σ_k w_k·∇f(b + α_k(x − b)) for a batch of rows, a few points at a time.
 *
 * <p>Rows and points of one replay form one batch of the network, as large as the memory budget
 * allows. The sum is one ascending chain per element, carried from replay to replay, so the cut
 * changes no bit.
 */
final class PathIntegral {
  /** More rows than this in one batch don't make a small network faster. */
  private static final int LARGEST_BATCH = 256;

  /** Bytes of a batch that stay in a second-level cache. */
  private static final long CACHE = 2 << 20;

  /** Fewer rows than this leave large weights' matrices waiting for the cache instead. */
  private static final int SMALLEST_BATCH = 32;

  private record Key(Shape shape, int points, Target.Scale scale) {}

  private record Values(
      Var x, Var baseline, Var classes, Var alphas, Var weights, Var sum, Var next) {}

  private final Subject subject;
  private final Target target;
  private final long budget;

  PathIntegral(Subject subject, Target target, long budget) {
    this.subject = subject;
    this.target = target;
    this.budget = budget;
  }

  /** Writes the sums of all rows to {@code into}, which has the shape of {@code x}. */
  void run(Tensor x, Tensor baseline, int[] classes, Quadrature.Rule rule, Tensor into) {
    int n = x.shape().dim(0);
    int batch = batch(x.shape());
    int rows = Math.min(n, batch);
    int points = points(rule.points().length, batch / Math.max(rows, 1));
    for (int from = 0; from < n; from += rows) {
      int to = Math.min(from + rows, n);
      integrate(
          x.rows(from, to),
          baseline.rows(from, to),
          java.util.Arrays.copyOfRange(classes, from, to),
          rule,
          points,
          into.rows(from, to));
    }
  }

  /** Points of one replay, at most so many: the fewest are computed beyond the last one. */
  private static int points(int steps, int most) {
    int best = 1;
    for (int p = 2; p <= Math.min(steps, most); p++) {
      if (Math.ceilDiv(steps, p) * p <= Math.ceilDiv(steps, best) * best) {
        best = p;
      }
    }
    return best;
  }

  /** Network rows that fit the budget and the cache, judged by the program for one of them. */
  private int batch(Shape x) {
    long bytes = with(x.with(0, 1), 1, (recorded, w) -> recorded.program().bytes());
    long one = Math.max(1, bytes);
    int fast = Math.clamp(CACHE / one, SMALLEST_BATCH, LARGEST_BATCH);
    return Math.clamp(budget / one, 1, fast);
  }

  private void integrate(
      Tensor x, Tensor baseline, int[] classes, Quadrature.Rule rule, int points, Tensor into) {
    with(
        x.shape(),
        points,
        (recorded, w) -> {
          Values v = recorded.values();
          w.tensor(v.x()).set(x);
          w.tensor(v.baseline()).set(baseline);
          w.tensor(v.classes()).set(repeat(classes, points));
          Tensor sum = w.tensor(v.sum());
          sum.set(new float[(int) sum.size()]);
          int steps = rule.points().length;
          for (int k = 0; k < steps; k += points) {
            for (int p = 0; p < points; p++) {
              // beyond the last point: once more, with weight 0
              int at = Math.min(k + p, steps - 1);
              w.tensor(v.alphas()).put(p, (float) rule.points()[at]);
              w.tensor(v.weights()).put(p, k + p < steps ? (float) rule.weights()[at] : 0);
            }
            recorded.program().run(w);
            sum.set(w.tensor(v.next()));
          }
          return into.set(sum);
        });
  }

  private static int[] repeat(int[] classes, int times) {
    int[] all = new int[classes.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = classes[i % classes.length];
    }
    return all;
  }

  private <R> R with(Shape x, int points, Subject.Use<Values, R> use) {
    return subject.with(new Key(x, points, target.scale()), tape -> record(tape, x, points), use);
  }

  private Subject.Recorded<Values> record(Tape tape, Shape shape, int points) {
    int rows = shape.dim(0);
    Var x = tape.input("x", shape);
    Var baseline = tape.input("baseline", shape);
    Var classes = tape.input("classes", DType.INT32, Shape.of(points * rows));
    Var alphas = tape.input("alphas", Shape.of(points));
    Var weights = tape.input("weights", Shape.of(points));
    Var sum = tape.input("sum", shape);

    Var alpha = alphas;
    for (int i = 0; i < shape.rank(); i++) {
      alpha = alpha.insertAxis(1);
    }
    Var path = x.sub(baseline).insertAxis(0).mul(alpha).add(baseline.insertAxis(0));
    Var batch = path.reshape(shape.with(0, points * rows).dims());
    Var f = target.of(subject.network().record(batch), classes);
    Var slopes = tape.gradient(f, batch).reshapeLike(path);
    Var next = sum;
    for (int p = 0; p < points; p++) {
      Var slope = slopes.slice(0, p, p + 1).dropAxis(0);
      next = next.add(slope.mul(weights.slice(0, p, p + 1)));
    }
    return new Subject.Recorded<>(
        tape,
        Program.compile(List.of(next)),
        new Values(x, baseline, classes, alphas, weights, sum, next));
  }
}
