package dev.vitrine.xai;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.autodiff.compile.Workspace;
import dev.vitrine.nn.Model;
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

  private record Forward(Shape shape) {}

  private record InOut(Var x, Var y) {}

  /** The outputs for a batch, in memory of their own. */
  public Tensor outputs(Tensor x) {
    return forward(
        x.shape(),
        (forward, w) -> {
          w.tensor(forward.values().x()).set(x);
          forward.program().run(w);
          return w.tensor(forward.values().y()).copy();
        });
  }

  /** The shape of the outputs for a batch of this shape. */
  public Shape outputShape(Shape x) {
    return forward(x, (forward, w) -> forward.values().y().shape());
  }

  private <R> R forward(Shape x, Use<InOut, R> use) {
    return with(
        new Forward(x),
        tape -> {
          Var in = tape.input("x", x);
          Var y = network.record(in);
          return new Recorded<>(tape, Program.compile(List.of(y)), new InOut(in, y));
        },
        use);
  }

  /** Frees the programs; those in use when their users are done. */
  @Override
  public synchronized void close() {
    closed = true;
    programs.values().forEach(Subject::leave);
    programs.clear();
  }
}
