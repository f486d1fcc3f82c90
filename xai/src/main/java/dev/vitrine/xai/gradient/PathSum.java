package dev.vitrine.xai.gradient;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sum over the points b + α_k(x − b) of straight paths, one for each row, a few points at a time.
 *
 * <p>Rows and points of one replay form one batch of the network, as large as the memory budget
 * allows. What is summed is one ascending chain per element, carried from replay to replay, so the
 * cut changes no bit.
 *
 * @param what decides the recorded program: equal ones share it
 * @param place where the path lies: in the input, or in what a layer gives
 * @param budget bytes that one replay may use
 * @param terms what is summed
 */
public record PathSum(Object what, Place place, long budget, Terms terms) {
  /** Bytes that one replay may use unless something else is said. */
  public static final long BUDGET = 64L << 20;

  /** More rows than this in one batch don't make a small network faster. */
  private static final int LARGEST_BATCH = 256;

  /** Fewer rows than this leave large weights' matrices waiting for the cache instead. */
  private static final int SMALLEST_BATCH = 32;

  /** Along paths in the input. */
  public PathSum(Object what, Terms terms) {
    this(what, Place.input(), BUDGET, terms);
  }

  /** What the points of one replay add to what came before. */
  @FunctionalInterface
  public interface Terms {
    /** {@code r}: the network at all points, point by point; the first value carried is the sum. */
    void record(Recording r, Points points);
  }

  /** The points of one replay, and what is carried from one replay to the next. */
  public static final class Points {
    private final int rows;
    private final int count;
    private final Var weights;
    private final List<Var> carried = new ArrayList<>();
    private final List<Var> next = new ArrayList<>();

    private Points(int rows, int count, Var weights) {
      this.rows = rows;
      this.count = count;
      this.weights = weights;
    }

    /** Points of one replay. */
    public int count() {
      return count;
    }

    /** Point {@code k} of a value that has all of them, [count·n, …] to [n, …]. */
    public Var at(int k, Var v) {
      return v.slice(0, k * rows, (k + 1) * rows);
    }

    /** The weight of point {@code k}. */
    public Var weight(int k) {
      return weights.slice(0, k, k + 1);
    }

    /** Σ_k w_k·v_k, carried on. */
    public void sum(Var v) {
      Var sum = carried(v);
      for (int k = 0; k < count; k++) {
        sum = sum.add(at(k, v).mul(weight(k)));
      }
      carry(sum);
    }

    /** A value per row, in the shape of one point of {@code v}; at first zeros. */
    public Var carried(Var v) {
      Shape one = v.shape().with(0, rows);
      carried.add(v.tape().input("carried", one));
      return carried.getLast();
    }

    /** What it is after these points; once for each that is carried, in their order. */
    public void carry(Var after) {
      next.add(after);
    }
  }

  private record Key(
      Object what,
      Place place,
      Shape x,
      Shape from,
      int points,
      Target.Quantity q,
      boolean rivals) {}

  private record Slots(
      Var x,
      Var from,
      Var to,
      Var classes,
      @Nullable Var rivals,
      Var alphas,
      Var weights,
      Points points) {}

  /**
   * The sum for each row, in the shape of what is carried first.
   *
   * @param from where each row's path starts, in the shape of the place
   * @param to where it ends
   * @param rule points and weights
   */
  public Tensor run(Question q, Tensor from, Tensor to, Quadrature.Rule rule) {
    int n = q.size();
    int batch = batch(q, from.shape());
    int rows = Math.min(n, batch);
    int points = points(rule.points().length, batch / Math.max(rows, 1));
    Tensor all = null;
    for (int first = 0; first < n; first += rows) {
      int end = Math.min(first + rows, n);
      Tensor some = integrate(q, first, end, from, to, rule, points);
      if (all == null) {
        all = n == end ? some : q.memory().floats(some.shape().with(0, n));
      }
      if (n > end - first) {
        all.rows(first, end).set(some);
        some.owner().close(); // millions of rows would pile up until a collection
      }
    }
    if (all == null) {
      throw new IllegalArgumentException("no rows to explain");
    }
    return all;
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
  private int batch(Question q, Shape path) {
    long bytes = with(q, 1, path, 1, (recorded, w) -> recorded.program().bytes());
    long one = Math.max(1, bytes);
    int fast = Math.clamp(q.subject().device().cache() / one, SMALLEST_BATCH, LARGEST_BATCH);
    return Math.clamp(budget / one, 1, fast);
  }

  private Tensor integrate(
      Question q, int first, int end, Tensor from, Tensor to, Quadrature.Rule rule, int points) {
    return with(
        q,
        end - first,
        from.shape(),
        points,
        (recorded, w) -> {
          Slots s = recorded.values();
          w.tensor(s.x()).set(q.x().rows(first, end));
          w.tensor(s.from()).set(from.rows(first, end));
          w.tensor(s.to()).set(to.rows(first, end));
          w.tensor(s.classes()).set(repeat(q.classes(), first, end, points));
          int[] rivals = q.rivals();
          if (s.rivals() != null && rivals != null) {
            w.tensor(s.rivals()).set(repeat(rivals, first, end, points));
          }
          for (Var v : s.points().carried) {
            Tensor t = w.tensor(v);
            t.set(new float[Math.toIntExact(t.size())]);
          }
          int steps = rule.points().length;
          for (int k = 0; k < steps; k += points) {
            for (int p = 0; p < points; p++) {
              // beyond the last point: once more, with weight 0
              int at = Math.min(k + p, steps - 1);
              w.tensor(s.alphas()).put(p, (float) rule.points()[at]);
              w.tensor(s.weights()).put(p, k + p < steps ? (float) rule.weights()[at] : 0);
            }
            recorded.program().run(w);
            for (int i = 0; i < s.points().carried.size(); i++) {
              w.tensor(s.points().carried.get(i)).set(w.tensor(s.points().next.get(i)));
            }
          }
          return w.tensor(s.points().carried.getFirst()).copy();
        });
  }

  /** The classes of rows first to end, for each point. */
  private static int[] repeat(int[] classes, int first, int end, int times) {
    int n = end - first;
    int[] all = new int[n * times];
    Arrays.setAll(all, i -> classes[first + i % n]);
    return all;
  }

  private <R> R with(Question q, int rows, Shape path, int points, Subject.Use<Slots, R> use) {
    Shape x = q.x().shape().with(0, rows);
    Shape from = path.with(0, rows);
    var key = new Key(what, place, x, from, points, q.target().quantity(), q.rivals() != null);
    return q.subject().with(key, tape -> record(tape, q, x, from, points), use);
  }

  private Subject.Recorded<Slots> record(
      Tape tape, Question q, Shape shape, Shape path, int points) {
    int rows = shape.dim(0);
    Var x = tape.input("x", shape);
    Var from = tape.input("from", path);
    Var to = tape.input("to", path);
    Shape each = Shape.of(points * rows);
    Var classes = tape.input("classes", DType.INT32, each);
    Var rivals = q.rivals() == null ? null : tape.input("rivals", DType.INT32, each);
    Var alphas = tape.input("alphas", Shape.of(points));
    Var weights = tape.input("weights", Shape.of(points));

    Var alpha = alphas;
    for (int i = 0; i < path.rank(); i++) {
      alpha = alpha.insertAxis(1);
    }
    Var line = to.sub(from).insertAxis(0).mul(alpha).add(from.insertAxis(0));
    Var batch = line.reshape(path.with(0, points * rows).dims());
    boolean input = place.equals(Place.input());
    Var copies = input ? batch : Var.concat(0, Collections.nCopies(points, x).toArray(Var[]::new));
    Recording r =
        Recording.of(
            q.subject().network(), copies, q.target().quantity(), classes, rivals, Map.of());
    var all = new Points(rows, points, weights);
    terms.record(input ? r : r.moved(place, batch), all);
    return new Subject.Recorded<>(
        tape,
        Program.compile(all.next),
        new Slots(x, from, to, classes, rivals, alphas, weights, all));
  }
}
