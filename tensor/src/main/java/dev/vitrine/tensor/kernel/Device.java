package dev.vitrine.tensor.kernel;

import dev.vitrine.tensor.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Where programs run: a backend and a number of threads. Tapes and programs are bound to one. */
public final class Device {
  /** Fewer elements than this touched by a program: one thread is sooner done. */
  private static final long WORTH_A_TEAM = 16 << 10;

  private final Backend backend;
  private final Kernels alone;
  private final @Nullable Team team;
  private final int threads;

  private Device(Backend backend, int threads) {
    this.backend = backend;
    this.threads = backend.threaded() ? threads : 1;
    this.alone = backend.kernels(Team.Member.ALONE);
    this.team = this.threads > 1 ? new Team(backend, this.threads) : null;
  }

  /**
   * The best available backend with all cores, or what {@code -Dvitrine.backend} and {@code
   * -Dvitrine.threads} ask for. Where a better one can't be used and none was asked for, one line
   * on standard error says which serves and why, once.
   */
  public static Device standard() {
    return Standard.DEVICE;
  }

  /** A backend by name; refuses with its reason if it can't be had. */
  public static Device of(String backend, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " given, at least 1 is needed");
    }
    List<Backend> all = backends();
    for (Backend b : all) {
      if (b.name().equals(backend)) {
        String reason = b.unavailable();
        if (reason != null) {
          throw new IllegalStateException("backend " + backend + " can't be used: " + reason);
        }
        return new Device(b, threads);
      }
    }
    throw new IllegalArgumentException(
        "no backend is called \"%s\"; there are %s"
            .formatted(backend, all.stream().map(Backend::name).toList()));
  }

  /** All backends that were found, the most wanted first, available or not. */
  public static List<Backend> backends() {
    var found = new ArrayList<Backend>();
    ServiceLoader.load(Backend.class, Device.class.getClassLoader()).forEach(found::add);
    found.sort((a, b) -> Integer.compare(b.priority(), a.priority()));
    return found;
  }

  /** Threads to use unless told otherwise. */
  public static int standardThreads() {
    return Integer.getInteger("vitrine.threads", Runtime.getRuntime().availableProcessors());
  }

  public Backend backend() {
    return backend;
  }

  public int threads() {
    return threads;
  }

  /** True if its kernels can do several calls' work at once: see {@link FusedKernels}. */
  public boolean fuses() {
    return alone.fused() != null;
  }

  /** True if they can join a max pool with a convolution: see {@link PooledKernels}. */
  public boolean fusesPools() {
    FusedKernels fused = alone.fused();
    return fused != null && fused.pooled() != null;
  }

  /** True if its kernels work on copies of the tensors: see {@link dev.vitrine.tensor.Twin}. */
  public boolean isRemote() {
    return backend.remote();
  }

  /** Bytes that its threads have at hand: programs that touch no more run faster. */
  public long cache() {
    return backend.cache() * threads;
  }

  /** Memory that this device's kernels can use. */
  public Memory memory(String owner) {
    return new Memory(owner);
  }

  /**
   * Runs the task with this device's kernels; {@code elements} it touches decide whether threads
   * help. Many callers may run tasks at once: while one has the team, the others run alone, with
   * the same bits.
   */
  public void run(Team.Task task, long elements) {
    if (team == null || elements < WORTH_A_TEAM || !team.tryRun(task)) {
      task.run(alone);
    }
  }

  /**
   * The task, to be run again and again on the same operands, as {@link #run} would. Nothing is
   * computed yet.
   */
  public Replay prepared(Team.Task task, long elements) {
    Replay single = alone.capture(() -> task.run(alone));
    Team t = team;
    if (t == null || elements < WORTH_A_TEAM) {
      return single;
    }
    Replay[] shares = t.captured(task);
    return new Replay() {
      @Override
      public void run() {
        if (!t.tryRun(shares)) {
          single.run();
        }
      }

      @Override
      public void move(long from, long bytes, long to) {
        single.move(from, bytes, to);
        for (Replay share : shares) {
          share.move(from, bytes, to);
        }
      }
    };
  }

  @Override
  public String toString() {
    return backend.name() + " (" + backend.description() + "), threads: " + threads;
  }

  /** Made at first use. */
  private static final class Standard {
    static final Device DEVICE = choose();

    private static Device choose() {
      String wanted = System.getProperty("vitrine.backend");
      if (wanted != null) {
        return of(wanted, standardThreads());
      }
      var missing = new StringBuilder();
      for (Backend b : backends()) {
        String reason = b.unavailable();
        if (reason == null) {
          if (!missing.isEmpty()) {
            System.err.println("vitrine: the " + b.name() + " backend serves" + missing);
          }
          return new Device(b, standardThreads());
        }
        missing.append("; ").append(b.name()).append(" can't be used: ").append(reason);
      }
      throw new IllegalStateException("no backend was found: is vitrine-tensor's jar complete?");
    }
  }
}
