package dev.vitrine.xai;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.autodiff.compile.Workspace;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is being explained: a network on a device, with the programs compiled for it so far, or a
 * function of which only outputs are known. Many threads may use it at once.
 *
 * <p>Programs are kept by what they compute and for which shape: a few, the least recently used one
 * leaves and is freed as soon as nobody uses it.
 *
 * <p>An interrupt of a thread ends what it explains here, before the next batch, with a {@link
 * CancellationException}; the thread stays interrupted, and nobody else notices.
 */
public final class Subject implements Predictor, AutoCloseable {
  private static final int KEPT = 8;

  /** More rows than this in one batch don't make a small network faster. */
  static final int MOST_ROWS = 256;

  /** Bytes that one replay may use unless told otherwise. */
  private static final long BUDGET = 64L << 20;

  private final Network network;
  private final @Nullable Predictor function;
  private final Device device;
  private final String hash;
  private final long budget;
  private final Map<Object, Entry> programs = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  /** A compiled program and the values by which its inputs and outputs are found. */
  public record Recorded<T>(Tape tape, Program program, T values) implements AutoCloseable {
    @Override
    public void close() {
      program.close();
      tape.close();
    }
  }

  /** What to do with a program, in a workspace that is one's own meanwhile. */
  @FunctionalInterface
  public interface Use<T, R> {
    R in(Recorded<T> recorded, Workspace w);
  }

  /** A kept program, how many use it now, and whether the last of them shall close it. */
  private static final class Entry {
    final Recorded<?> recorded;
    int users;
    boolean left;

    Entry(Recorded<?> recorded) {
      this.recorded = recorded;
    }
  }

  private Subject(
      Network network, @Nullable Predictor function, String hash, Device device, long budget) {
    this.network = network;
    this.function = function;
    this.hash = hash;
    this.device = device;
    this.budget = budget;
  }

  /** {@code hash}: identifies the network's parameters in provenance. */
  public Subject(Network network, String hash, Device device) {
    this(network, null, hash, device, BUDGET);
  }

  public static Subject of(Model model, Device device) {
    return new Subject(Network.of(model), model.hash(), device);
  }

  /**
   * A function of which only outputs are known, for methods that need nothing else.
   *
   * @param name stands for it in provenance
   */
  public static Subject of(Predictor function, String name) {
    // its tape begins where its outputs are known: what comes before is the identity
    return new Subject(outputs -> outputs, function, name, Device.standard(), BUDGET);
  }

  /** The same with batches of at most so many bytes, which changes no bit of any answer. */
  public Subject within(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("budget: " + bytes + " bytes given, at least 1 is needed");
    }
    return new Subject(network, function, hash, device, bytes);
  }

  /** Bytes that one replay should use at most; one row may need more. */
  public long budget() {
    return budget;
  }

  /** True if only outputs are known: there is nothing to look into and no gradient. */
  public boolean isFunction() {
    return function != null;
  }

  /** The network that records itself; a function of which only outputs are known has none. */
  public Network network() {
    if (function != null) {
      throw new IllegalArgumentException(
          "\"%s\" is a function of which only outputs are known: gradients, rules and layers need"
                  .formatted(hash)
              + " a network; methods of dev.vitrine.xai.perturb, shapley and lime explain it");
    }
    return network;
  }

  /** What is recorded behind what {@link #seen} gives. */
  Network recorded() {
    return network;
  }

  /** Where the tape begins for these rows: the rows themselves, or what the function says. */
  Tensor seen(Tensor x) {
    return function == null ? x : called(function, x);
  }

  private Tensor called(Predictor f, Tensor x) {
    refuseInterrupted();
    Tensor y = f.outputs(x);
    int n = x.shape().dim(0);
    if (y.shape().rank() == 0 || y.shape().dim(0) != n || y.size() % Math.max(n, 1) != 0) {
      throw new IllegalArgumentException(
          "\"%s\" gave outputs %s for %d rows: [%d, outputs] is needed"
              .formatted(hash, y.shape(), n, n));
    }
    return y.reshape(Shape.of(n, Math.toIntExact(y.size() / Math.max(n, 1))));
  }

  public Device device() {
    return device;
  }

  public String hash() {
    return hash;
  }

  /**
   * Uses the program known as {@code key}, which {@code make} records and compiles at first use.
   */
  @SuppressWarnings(
      "unchecked") // a key always stands for the same type: keys are records of one class
  public <T, R> R with(Object key, Function<Tape, Recorded<T>> make, Use<T, R> use) {
    Entry entry = enter(key, make);
    try {
      var recorded = (Recorded<T>) entry.recorded;
      Workspace w = recorded.program().borrow();
      try {
        return use.in(recorded, w);
      } finally {
        recorded.program().release(w);
      }
    } finally {
      exit(entry);
    }
  }

  private static void refuseInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("this thread was interrupted: the explanation is given up");
    }
  }

  private synchronized <T> Entry enter(Object key, Function<Tape, Recorded<T>> make) {
    refuseInterrupted();
    if (closed) {
      throw new IllegalStateException("this subject is closed: make a new one");
    }
    Entry entry = programs.get(key);
    if (entry == null) {
      entry = new Entry(record(make));
      programs.put(key, entry);
      if (programs.size() > KEPT) {
        Iterator<Entry> oldest = programs.values().iterator();
        leave(oldest.next());
        oldest.remove();
      }
    }
    entry.users++;
    return entry;
  }

  private <T> Recorded<T> record(Function<Tape, Recorded<T>> make) {
    Tape tape = Tape.recording(device);
    try {
      return make.apply(tape);
    } catch (RuntimeException e) {
      tape.close();
      throw e;
    }
  }

  private synchronized void exit(Entry entry) {
    entry.users--;
    closeIfUnused(entry);
  }

  private static void leave(Entry entry) {
    entry.left = true;
    closeIfUnused(entry);
  }

  private static void closeIfUnused(Entry entry) {
    if (entry.left && entry.users == 0) {
      entry.recorded.close();
    }
  }

  /** Looks at the program known as {@code key} without taking a workspace. */
  <T, R> R inspect(Object key, Function<Tape, Recorded<T>> make, Function<Recorded<T>, R> look) {
    Entry entry = enter(key, make);
    try {
      @SuppressWarnings("unchecked") // as in with
      var recorded = (Recorded<T>) entry.recorded;
      return look.apply(recorded);
    } finally {
      exit(entry);
    }
  }

  private record Forward(Shape shape) {}

  private record InOut(Var x, Var y) {}

  /** How many of n rows are computed at once: parts of equal size. */
  static int together(int n) {
    return Math.ceilDiv(n, Math.ceilDiv(Math.max(n, 1), MOST_ROWS));
  }

  /** The outputs for a batch, in memory of their own. */
  @Override
  public Tensor outputs(Tensor x) {
    int n = x.shape().dim(0);
    int rows = together(n);
    Tensor first = forward(x.rows(0, rows));
    if (rows == n) {
      return first;
    }
    Tensor all = new Memory("outputs").floats(first.shape().with(0, n));
    put(first, all.rows(0, rows));
    for (int from = rows; from < n; from += rows) {
      int to = Math.min(from + rows, n);
      put(forward(x.rows(from, to)), all.rows(from, to));
    }
    return all;
  }

  /** Copies a part; one of our own is not left to the collector, where thousands would pile up. */
  private void put(Tensor part, Tensor into) {
    into.set(part);
    if (function == null) {
      part.owner().close();
    }
  }

  private Tensor forward(Tensor x) {
    if (function != null) {
      return called(function, x);
    }
    return with(
        new Forward(x.shape()),
        tape -> record(tape, x.shape()),
        (forward, w) -> {
          w.tensor(forward.values().x()).set(x);
          forward.program().run(w);
          return w.tensor(forward.values().y()).copy();
        });
  }

  /** How many numbers of each row there are to choose from, for inputs of this shape. */
  int width(Tensor rows, Target.Quantity quantity) {
    Shape x = rows.shape();
    if (quantity instanceof Target.Scale) {
      return function == null
          ? forwardOf(x, together(x.dim(0)), f -> Target.width(f.values().y().shape()))
          : Target.width(called(function, rows.rows(0, 1)).shape());
    }
    try (Tape tape = Tape.recording(device)) {
      Var in = tape.input("x", x.with(0, 1));
      Var none = tape.input("classes", DType.INT32, Shape.of(1));
      Var all = quantity.of(Recording.of(network(), in, quantity, none, null, Map.of()));
      return Target.width(all.shape());
    }
  }

  /** True if the network's last op is a softmax or its logarithm. */
  boolean endsInSoftmax(Shape x) {
    return function == null
        && forwardOf(x, together(x.dim(0)), f -> Recording.endsInSoftmax(f.values().y().node()));
  }

  private <R> R forwardOf(Shape x, int rows, Function<Recorded<InOut>, R> look) {
    Shape some = x.with(0, rows);
    return inspect(new Forward(some), tape -> record(tape, some), look);
  }

  private Recorded<InOut> record(Tape tape, Shape x) {
    Var in = tape.input("x", x);
    Var y = network.record(in);
    return new Recorded<>(tape, Program.compile(List.of(y)), new InOut(in, y));
  }

  /** Frees the programs; those in use when their users are done. */
  @Override
  public synchronized void close() {
    closed = true;
    programs.values().forEach(Subject::leave);
    programs.clear();
  }
}
