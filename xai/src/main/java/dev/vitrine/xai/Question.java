package dev.vitrine.xai;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.autodiff.compile.Workspace;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Subject.Recorded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Why does the network say this of these rows? What an explainer is asked, and its tools for the
 * answer: expressions of the recorded network, computed for as many rows at once as memory allows.
 */
public final class Question implements AutoCloseable {
  /** Fewer rows than this make bad products. */
  private static final int SMALLEST_BATCH = 8;

  private final Subject subject;
  private final Tensor x;
  private final int[] numbers;
  private final Target target;
  private final int[] classes;
  private final int @Nullable [] rivals;
  private final Memory memory;

  private Question(
      Subject subject,
      Tensor x,
      int[] numbers,
      Target target,
      int[] classes,
      int @Nullable [] rivals,
      Memory memory) {
    this.subject = subject;
    this.x = x;
    this.numbers = numbers;
    this.target = target;
    this.classes = classes;
    this.rivals = rivals;
    this.memory = memory;
  }

  /** Of rows that are numbered from {@code firstRow} on. */
  public static Question of(Subject subject, Tensor x, int firstRow, Target target) {
    int[] numbers = new int[x.shape().dim(0)];
    Arrays.setAll(numbers, i -> firstRow + i);
    return of(subject, x, numbers, target);
  }

  /**
   * Of rows that have these numbers among all that are asked about, in however many questions.
   * Refuses classes that do not exist; the network runs only if it has to predict them.
   */
  public static Question of(Subject subject, Tensor x, int[] numbers, Target target) {
    int n = x.shape().dim(0);
    if (n == 0) {
      throw new IllegalArgumentException("no rows to explain");
    }
    if (numbers.length != n) {
      throw new IllegalArgumentException(
          "%d numbers given for %d rows; each row needs one".formatted(numbers.length, n));
    }
    int k = subject.width(x, target.quantity());
    return new Question(
        subject,
        x,
        numbers,
        target,
        target.classes(n, k, () -> subject.outputs(x)),
        target.rivals(n, k),
        new Memory("explanation"));
  }

  /** The same about other rows, one for each of these. */
  public Question about(Tensor others) {
    return new Question(subject, others, numbers, target, classes, rivals, memory);
  }

  /** The same of another network that takes the same rows. */
  public Question of(Subject other) {
    return new Question(other, x, numbers, target, classes, rivals, new Memory("explanation"));
  }

  /** The same about other numbers of the rows, one for each row. */
  public Question ofClasses(int... others) {
    Target chosen = new Target(target.quantity(), others, target.rivals());
    return new Question(subject, x, numbers, chosen, others, rivals, new Memory("explanation"));
  }

  /** The same about some of the rows. */
  public Question rows(int... which) {
    return samples(which, 0, 1, 1);
  }

  /**
   * The same about samples {@code from} to {@code to} (exclusive) of some rows, one sample behind
   * the other: copies of the row, each with a number of its own that depends on the row's number
   * and the sample alone.
   *
   * @param most more samples of a row than this are never taken
   */
  public Question samples(int[] which, int from, int to, int most) {
    int times = to - from;
    int[] of = new int[which.length * times];
    Arrays.setAll(of, i -> which[i / times]);
    int[] own = new int[of.length];
    Arrays.setAll(own, i -> numbers[of[i]] * most + from + i % times);
    Memory copies = new Memory("samples");
    return new Question(
        subject,
        rows(x, copies, of),
        own,
        target,
        pick(classes, of),
        rivals == null ? null : pick(rivals, of),
        copies);
  }

  /** Some rows of a tensor, copied one behind the other; the tensor itself, if it has no others. */
  public Tensor rows(Tensor of, int... which) {
    return rows(of, memory, which);
  }

  private static Tensor rows(Tensor of, Memory memory, int... which) {
    if (Arrays.equals(which, IntStream.range(0, of.shape().dim(0)).toArray())) {
      return of;
    }
    Tensor some = memory.floats(of.shape().with(0, which.length));
    for (int i = 0; i < which.length; i++) {
      some.rows(i, i + 1).set(of.rows(which[i], which[i] + 1));
    }
    return some;
  }

  private static int[] pick(int[] values, int[] which) {
    return Arrays.stream(which).map(r -> values[r]).toArray();
  }

  public Subject subject() {
    return subject;
  }

  /** The rows, [n, …]. */
  public Tensor x() {
    return x;
  }

  /** The number of rows. */
  public int size() {
    return x.shape().dim(0);
  }

  /** The number of each row among all that are asked about; random numbers depend on it. */
  public int[] numbers() {
    return numbers;
  }

  public Target target() {
    return target;
  }

  /** Which number of each row is explained. */
  public int[] classes() {
    return classes;
  }

  /** Which number of each row is subtracted from that; null = none. */
  public int @Nullable [] rivals() {
    return rivals;
  }

  /** For what lives until the question is answered. */
  public Memory memory() {
    return memory;
  }

  // ---- expressions

  /** What was computed, with all rows in front, and a recording that shows its structure. */
  private record Computed(Recording recording, List<Tensor> values) {}

  private record Key(
      Object what, Shape x, Map<String, Shape> inputs, Target.Quantity quantity, boolean rivals) {}

  private record Slots(
      Var x,
      Var classes,
      @Nullable Var rivals,
      Map<String, Var> inputs,
      Recording r,
      List<Var> out) {}

  /**
   * The value of an expression for all rows, which stand in front.
   *
   * @param program what decides the recorded program: equal ones share it
   * @param inputs what the expression reads besides x; one row serves all rows of x
   */
  public Tensor value(
      Object program, Map<String, Tensor> inputs, Function<Recording, Var> expression) {
    return compute(program, inputs, r -> List.of(expression.apply(r))).values().getFirst();
  }

  /** The explained number of each row. */
  public float[] explained() {
    if (subject.isFunction()) {
      return explained(copies());
    }
    return value(Scalar.EXPLAINED, Map.of(), Recording::explained).toFloats();
  }

  /** The explained number of changed copies of the rows: of the class that their row has. */
  public float[] explained(Copies copies) {
    return new Replies(this).to(copies);
  }

  /** The class that is predicted for changed copies of the rows: the first largest output. */
  public int[] predicted(Copies copies) {
    return new Replies(this).classes(copies);
  }

  /** The rows as they are. */
  private Copies copies() {
    float[] all = x.toFloats();
    int size = all.length / Math.max(size(), 1);
    return new Copies() {
      @Override
      public int count() {
        return size();
      }

      @Override
      public int row(int c) {
        return c;
      }

      @Override
      public void write(int c, float[] into, int at) {
        System.arraycopy(all, c * size, into, at, size);
      }
    };
  }

  /** Programs that every method shares. */
  private enum Scalar {
    EXPLAINED
  }

  private Computed compute(
      Object program, Map<String, Tensor> inputs, Function<Recording, List<Var>> expression) {
    int n = size();
    int rows = n == 0 ? 1 : together(program, inputs, expression);
    Recording structure = null;
    List<Tensor> all = List.of();
    for (int from = 0; from < n; from += rows) {
      int to = Math.min(from + rows, n);
      int begin = from;
      Computed some =
          subject.with(
              key(program, inputs, to - from),
              tape -> record(tape, inputs, to - begin, expression),
              (recorded, w) -> run(recorded, w, inputs, begin, to));
      if (structure == null) {
        structure = some.recording();
        all = n == to ? some.values() : room(some.values(), n);
      }
      if (n > to - from) {
        for (int i = 0; i < all.size(); i++) {
          Tensor part = some.values().get(i);
          all.get(i).rows(from, to).set(part);
          part.owner().close(); // millions of rows would pile up until a collection
        }
      }
    }
    if (structure == null) {
      throw new IllegalArgumentException("no rows to explain");
    }
    return new Computed(structure, all);
  }

  /**
   * How many rows are computed at once: parts of equal size whose values stay in the cache, which
   * makes the memory's part of the work several times shorter.
   */
  private int together(
      Object program, Map<String, Tensor> inputs, Function<Recording, List<Var>> expression) {
    int rows = Subject.together(size());
    long bytes = inspect(program, inputs, rows, expression, s -> s.program().bytes());
    int most = fitting(bytes / rows, rows);
    return rows <= most ? rows : Math.ceilDiv(size(), Math.ceilDiv(size(), most));
  }

  /** How many rows of so many bytes stay in the cache and within the budget, up to {@code most}. */
  int fitting(long bytes, int most) {
    long one = Math.max(1, bytes);
    long cached = Math.max(SMALLEST_BATCH, subject.device().cache() / one);
    return Math.clamp(Math.min(cached, subject.budget() / one), 1, most);
  }

  private static List<Tensor> room(List<Tensor> some, int n) {
    Memory own = new Memory("explanation");
    return some.stream().map(t -> own.floats(t.shape().with(0, n))).toList();
  }

  private <R> R inspect(
      Object program,
      Map<String, Tensor> inputs,
      int rows,
      Function<Recording, List<Var>> expression,
      Function<Recorded<Slots>, R> look) {
    return subject.inspect(
        key(program, inputs, rows), tape -> record(tape, inputs, rows, expression), look);
  }

  private Key key(Object program, Map<String, Tensor> inputs, int rows) {
    var shapes = new LinkedHashMap<String, Shape>();
    inputs.forEach((name, t) -> shapes.put(name, rows(t, rows)));
    return new Key(
        program, x.shape().with(0, rows), shapes, target.quantity(), target.rivals() != null);
  }

  private static boolean isShared(Tensor input) {
    return input.shape().dim(0) == 1;
  }

  private static Shape rows(Tensor input, int rows) {
    return isShared(input) ? input.shape() : input.shape().with(0, rows);
  }

  private Recorded<Slots> record(
      Tape tape, Map<String, Tensor> inputs, int rows, Function<Recording, List<Var>> expression) {
    Var in = tape.input("x", x.shape().with(0, rows));
    Var chosen = tape.input("classes", DType.INT32, Shape.of(rows));
    Var rival = target.rivals() == null ? null : tape.input("rivals", DType.INT32, Shape.of(rows));
    var others = new LinkedHashMap<String, Var>();
    inputs.forEach((name, t) -> others.put(name, tape.input(name, t.dtype(), rows(t, rows))));
    Recording r = Recording.of(subject.network(), in, target.quantity(), chosen, rival, others);
    List<Var> out = expression.apply(r);
    return new Recorded<>(tape, Program.compile(out), new Slots(in, chosen, rival, others, r, out));
  }

  private Computed run(
      Recorded<Slots> recorded, Workspace w, Map<String, Tensor> inputs, int from, int to) {
    Slots s = recorded.values();
    w.tensor(s.x()).set(x.rows(from, to));
    w.tensor(s.classes()).set(Arrays.copyOfRange(classes, from, to));
    if (s.rivals() != null && rivals != null) {
      w.tensor(s.rivals()).set(Arrays.copyOfRange(rivals, from, to));
    }
    inputs.forEach(
        (name, t) -> w.tensor(s.r().input(name)).set(isShared(t) ? t : t.rows(from, to)));
    recorded.program().run(w);
    return new Computed(s.r(), s.out().stream().map(v -> w.tensor(v).copy()).toList());
  }

  // ---- answers

  /** The answer that is one expression, with what it promised and accounted for. */
  public Attribution answer(Expression e) {
    Computed c =
        compute(
            e.program(),
            e.inputs(this),
            r -> {
              Var a = e.on(r);
              var out = new ArrayList<>(List.of(a, r.explained()));
              if (r.total() != null) {
                out.add(r.total());
              }
              if (r.ledger() != null) {
                out.addAll(r.ledger().values());
              }
              return out;
            });
    Recording r = c.recording();
    Tensor a = c.values().get(0);
    var rest = c.values().subList(2, c.values().size());
    Attribution.Convergence convergence = null;
    if (r.total() != null) {
      convergence = Attribution.Convergence.of(a, rest.getFirst().toFloats(), 1);
      rest = rest.subList(1, rest.size());
    }
    Ledger ledger = r.ledger() == null ? null : r.ledger().read(rest);
    return new Attribution(
        a,
        classes,
        c.values().get(1).toFloats(),
        convergence,
        null,
        ledger,
        Map.of(),
        provenance(e));
  }

  /** An answer put together from values. */
  public Attribution answer(
      Explainer by,
      Tensor values,
      float[] explained,
      Attribution.@Nullable Convergence convergence,
      @Nullable Tensor standardError) {
    return answer(by, values, explained, convergence, standardError, Map.of());
  }

  /** An answer put together from values, with figures of the method's own. */
  public Attribution answer(
      Explainer by,
      Tensor values,
      float[] explained,
      Attribution.@Nullable Convergence convergence,
      @Nullable Tensor standardError,
      Map<String, float[]> figures) {
    return new Attribution(
        values, classes, explained, convergence, standardError, null, figures, provenance(by));
  }

  private Provenance provenance(Explainer by) {
    Map<String, String> settings = new LinkedHashMap<>(by.settings());
    settings.put("first row", String.valueOf(numbers[0]));
    boolean logits = target.quantity() == Target.Scale.LOGIT && subject.endsInSoftmax(x.shape());
    return new Provenance(
        by.name(),
        settings,
        logits ? target + ", read before the network's softmax" : target.toString(),
        subject.hash(),
        subject.device().toString());
  }

  @Override
  public void close() {
    memory.close();
  }
}
