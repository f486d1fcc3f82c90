package dev.vitrine.tensor.kernel;

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
 * on a team allocates nothing.
 */
public final class Team {
  /**
   * Below this many elementary operations a kernel is done sooner alone than with a barrier's help.
   */
  private static final long WORTH_SPLITTING = 32 << 10;

  private static final int SPINS = 4_000;

  private final Member[] members;
  private final Kernels[] kernels;
  private final @Nullable Thread[] workers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger finished = new AtomicInteger();
  private volatile int phase;
  private volatile int round;
  private volatile @Nullable Task task;
  private volatile @Nullable Throwable failure;

  /** What a team runs: the same calls on every member. */
  @FunctionalInterface
  public interface Task {
    void run(Kernels kernels);
  }

  /** A team of {@code size} members, the calling thread being one of them. */
  public Team(Backend backend, int size) {
    members = new Member[size];
    kernels = new Kernels[size];
    workers = new Thread[size];
    for (int i = 0; i < size; i++) {
      members[i] = new Member(this, i, size);
      kernels[i] = backend.kernels(members[i]);
    }
    for (int i = 1; i < size; i++) {
      int member = i;
      Thread t = new Thread(() -> work(member), "vitrine-" + backend.name() + "-" + i);
      t.setDaemon(true);
      workers[i] = t;
      t.start();
    }
  }

  public int size() {
    return members.length;
  }

  /**
   * Runs the task on all members; false, with nothing done, if another thread is using the team.
   */
  public boolean tryRun(Task work) {
    if (!busy.compareAndSet(false, true)) {
      return false;
    }
    try {
      task = work;
      failure = null;
      finished.set(0);
      arrived.set(0);
      int next = round + 1;
      round = next;
      for (Thread t : workers) {
        LockSupport.unpark(t);
      }
      runAs(0, work);
      for (int spins = 0; finished.get() < members.length; spins++) {
        pause(spins);
      }
      if (failure != null) {
        throw rethrown(failure);
      }
      return true;
    } finally {
      task = null;
      busy.set(false);
    }
  }

  private static RuntimeException rethrown(Throwable t) {
    if (t instanceof Error e) {
      throw e;
    }
    return t instanceof RuntimeException e ? e : new IllegalStateException(t);
  }

  private void work(int member) {
    int seen = 0;
    while (true) {
      for (int spins = 0; round == seen; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      seen = round;
      Task now = task;
      if (now != null) {
        runAs(member, now);
      }
    }
  }

  private void runAs(int member, Task work) {
    try {
      work.run(kernels[member]);
    } catch (Throwable t) {
      if (failure == null) {
        failure = t;
      }
    }
    finished.incrementAndGet();
  }

  private void sync() {
    int now = phase;
    if (arrived.incrementAndGet() == members.length) {
      arrived.set(0);
      phase = now + 1;
      return;
    }
    for (int spins = 0; phase == now; spins++) {
      if (failure != null) {
        throw new IllegalStateException("another thread of this program failed");
      }
      pause(spins);
    }
  }

  /** Others may need this core to get there, so after a moment it is given away. */
  private static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  /** One thread's place in a team: which rows are its own. */
  public static final class Member {
    /** The only member: everything is its own. */
    public static final Member ALONE = new Member(null, 0, 1);

    private final @Nullable Team team;
    private final int index;
    private final int count;

    private Member(@Nullable Team team, int index, int count) {
      this.team = team;
      this.index = index;
      this.count = count;
    }

    /**
     * First of this member's {@code n} units, where all of them together take {@code work}
     * operations.
     */
    public int from(int n, long work) {
      if (count == 1 || work < WORTH_SPLITTING) {
        return index == 0 ? 0 : n;
      }
      return (int) ((long) n * index / count);
    }

    /** One past the last unit; see {@link #from}. */
    public int to(int n, long work) {
      if (count == 1 || work < WORTH_SPLITTING) {
        return n;
      }
      return (int) ((long) n * (index + 1) / count);
    }

    /** True for the one member that does what is not split. */
    public boolean first() {
      return index == 0;
    }

    /** Waits until all members have come here; what they wrote before is then visible. */
    public void sync() {
      if (team != null) {
        team.sync();
      }
    }
  }
}
