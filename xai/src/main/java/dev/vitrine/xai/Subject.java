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
import java.util.function.Function;

/**
 * A network that is being explained on a device, with the programs compiled for it so far. Many
 * threads may use it at once.
 *
 * <p>Programs are kept by what they compute and for which shape: a few, the least recently used one
 * leaves and is freed as soon as nobody uses it.
 */
public final class Subject implements AutoCloseable {
  private static final int KEPT = 8;

  /** More rows than this in one batch don't make a small network faster. */
  private static final int MOST_ROWS = 256;

  private final Network network;
  private final Device device;
  private final String hash;
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

  /** {@code hash}: identifies the network's parameters in provenance. */
  public Subject(Network network, String hash, Device device) {
    this.network = network;
    this.hash = hash;
    this.device = device;
  }

  public static Subject of(Model model, Device device) {
    return new Subject(Network.of(model), model.hash(), device);
  }

  public Network network() {
    return network;
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

  private synchronized <T> Entry enter(Object key, Function<Tape, Recorded<T>> make) {
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
  public Tensor outputs(Tensor x) {
    int n = x.shape().dim(0);
    int rows = together(n);
    if (rows == n) {
      return forward(x);
    }
    Shape y = forwardOf(x.shape(), rows, f -> f.values().y().shape());
    Tensor all = new Memory("outputs").floats(y.with(0, n));
    for (int from = 0; from < n; from += rows) {
      int to = Math.min(from + rows, n);
      all.rows(from, to).set(forward(x.rows(from, to)));
    }
    return all;
  }

  private Tensor forward(Tensor x) {
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
  int width(Shape x, Target.Quantity quantity) {
    if (quantity instanceof Target.Scale) {
      return forwardOf(x, together(x.dim(0)), f -> Target.width(f.values().y().shape()));
    }
    try (Tape tape = Tape.recording(device)) {
      Var in = tape.input("x", x.with(0, 1));
      Var none = tape.input("classes", DType.INT32, Shape.of(1));
      Var all = quantity.of(Recording.of(network, in, quantity, none, null, Map.of()));
      return Target.width(all.shape());
    }
  }

  /** True if the network's last op is a softmax or its logarithm. */
  boolean endsInSoftmax(Shape x) {
    return forwardOf(x, together(x.dim(0)), f -> Recording.endsInSoftmax(f.values().y().node()));
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
