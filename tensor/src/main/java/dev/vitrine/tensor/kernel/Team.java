package dev.vitrine.tensor.kernel;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that all run the same program: in each kernel every member computes its own rows, then
 * waits for the others.
 *
 * <p>The partition is static and no sum is ever split between members, so the bits don't depend on
 * how many there are. Members are long-lived, spin for a moment and then park; a program that runs
 * on a team allocates nothing. The threads of a team that nobody knows any more end.
 */
public final class Team {
  /**
   * Below this many elementary operations a kernel is done sooner alone than with a barrier's help.
   */
  private static final long WORTH_SPLITTING = 32 << 10;

  private static final int SPINS = 4_000;
  private static final Cleaner CLEANER = Cleaner.create();

  private final Member[] members;
  private final Kernels[] kernels;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Rounds rounds;

  /** What a team runs: the same calls on every member. */
  @FunctionalInterface
  public interface Task {
    void run(Kernels kernels);
  }

  /** A team of {@code size} members, the calling thread being one of them. */
  public Team(Backend backend, int size) {
    rounds = new Rounds(size);
    members = new Member[size];
    kernels = new Kernels[size];
    for (int i = 0; i < size; i++) {
      members[i] = new Member(rounds.barrier, i, size);
      kernels[i] = backend.kernels(members[i]);
    }
    rounds.start("vitrine-" + backend.name() + "-");
    CLEANER.register(this, rounds::end);
  }

  public int size() {
    return members.length;
  }

  /**
   * Runs the task on all members; false, with nothing done, if another thread is using the team.
   */
  public boolean tryRun(Task task) {
    var calls = new Replay[members.length];
    Arrays.setAll(calls, i -> () -> task.run(kernels[i]));
    return tryRun(calls);
  }

  /**
   * What each member has to do for this task, to be run again and again on the same operands: see
   * {@link Kernels#capture}. Nothing is computed yet.
   */
  public Replay[] captured(Task task) {
    while (!busy.compareAndSet(false, true)) {
      Thread.yield();
    }
    try {
      var calls = new Replay[members.length];
      for (int i = 0; i < calls.length; i++) {
        Kernels k = kernels[i];
        members[i].shared = false;
        calls[i] = k.capture(() -> task.run(k));
      }
      return calls;
    } finally {
      busy.set(false);
    }
  }

  /** As {@link #tryRun(Task)}, for what {@link #captured} gave. */
  public boolean tryRun(Replay[] work) {
    if (!busy.compareAndSet(false, true)) {
      return false;
    }
    try {
      Throwable failure = rounds.run(work);
      if (failure != null) {
        throw rethrown(failure);
      }
      return true;
    } finally {
      busy.set(false);
      Reference.reachabilityFence(this);
    }
  }

  private static RuntimeException rethrown(Throwable t) {
    if (t instanceof Error e) {
      throw e;
    }
    return t instanceof RuntimeException e ? e : new IllegalStateException(t);
  }

  /** All that its threads know of a team: between rounds nothing that leads back to it. */
  private static final class Rounds {
    private final Barrier barrier;
    private final @Nullable Thread[] workers;
    private final AtomicInteger finished = new AtomicInteger();
    private volatile int round;
    private volatile boolean ended;
    private volatile Replay @Nullable [] shares;
    private volatile @Nullable Throwable failure;

    Rounds(int size) {
      barrier = new Barrier(size);
      workers = new Thread[size];
    }

    void start(String name) {
      for (int i = 1; i < workers.length; i++) {
        int member = i;
        Thread t = new Thread(() -> work(member), name + i);
        t.setDaemon(true);
        workers[i] = t;
        t.start();
      }
    }

    void end() {
      ended = true;
      wake();
    }

    private void wake() {
      for (Thread t : workers) {
        LockSupport.unpark(t);
      }
    }

    /** What went wrong in one of the members; null: nothing. */
    @Nullable Throwable run(Replay[] work) {
      shares = work;
      failure = null;
      finished.set(0);
      barrier.clear();
      int next = round + 1;
      round = next;
      wake();
      runAs(0);
      for (int spins = 0; finished.get() < workers.length; spins++) {
        Barrier.pause(spins);
      }
      shares = null;
      return failure;
    }

    private void work(int member) {
      int seen = 0;
      while (true) {
        for (int spins = 0; round == seen; spins++) {
          if (ended) {
            return;
          }
          if (spins < SPINS) {
            Thread.onSpinWait();
          } else {
            LockSupport.park(this);
          }
        }
        seen = round;
        runAs(member);
      }
    }

    private void runAs(int member) {
      try {
        Objects.requireNonNull(shares)[member].run();
      } catch (Throwable t) {
        if (failure == null) {
          failure = t;
        }
        barrier.fail();
      }
      finished.incrementAndGet();
    }
  }

  /** One thread's place in a team: which rows are its own. */
  public static final class Member {
    /** The only member: everything is its own. */
    public static final Member ALONE = new Member(null, 0, 1);

    private final @Nullable Barrier barrier;
    private final int index;
    private final int count;
    private boolean shared;

    private Member(@Nullable Barrier barrier, int index, int count) {
      this.barrier = barrier;
      this.index = index;
      this.count = count;
    }

    /**
     * First of this member's {@code n} units, where all of them together take {@code work}
     * operations.
     */
    public int from(int n, long work) {
      if (!splits(n, work)) {
        return index == 0 ? 0 : n;
      }
      shared = true;
      return (int) ((long) n * index / count);
    }

    /** One past the last unit; see {@link #from}. */
    public int to(int n, long work) {
      if (!splits(n, work)) {
        return n;
      }
      return (int) ((long) n * (index + 1) / count);
    }

    private boolean splits(int n, long work) {
      return count > 1 && n > 1 && work >= WORTH_SPLITTING;
    }

    /** True for the one member that does what is not split. */
    public boolean first() {
      return index == 0;
    }

    /** Waits until all members have come here; what they wrote before is then visible. */
    public void sync() {
      if (barrier != null) {
        barrier.await();
      }
    }

    /** How many members there are. */
    public int count() {
      return count;
    }

    /**
     * Where the words of the team's {@link Barrier} lie, for native code to wait there; 0: nobody
     * waits.
     */
    public long barrier() {
      return barrier == null ? 0 : barrier.address();
    }

    /**
     * True if others got a part too of what was split since the last call of this: the same for all
     * members. Work that is the first one's alone, done right behind such work, needs no wait.
     */
    public boolean shared() {
      boolean was = shared;
      shared = false;
      return was;
    }
  }
}
