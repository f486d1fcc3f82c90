package dev.vitrine.bench.kernels;

import com.sun.management.ThreadMXBean;
import dev.vitrine.bench.measure.Peak;
import dev.vitrine.bench.measure.Warmup;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.TreeSet;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A few milliseconds of each of ours, of the library and of the peak, one right after the other.
 *
 * <p>The machine's speed changes from one second to the next, so only times of the same moment are
 * compared. They are the thread's processor time; JMH's own figure, the time of a whole round, says
 * nothing.
 */
@BenchmarkMode(Mode.SingleShotTime)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls warmUp first
public class Round {
  /** Rounds that don't count. */
  static final int WARM_UP = 40;

  static final int COUNTED = 21;

  /** Floating-point operations per side and round. */
  private static final double WORK = 4e8;

  private static final int PEAK_CALLS = 1_000;
  private static final long WARM_UP_MILLIS = 500;
  private static final int SIDES = 3;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Overwritten by the runner. */
  @Param("GEMM")
  public String family = "";

  /** Overwritten by the runner. */
  @Param("NN 64x64x64")
  public String kernel = "";

  private Kernels cpp;
  private Kernels vector;
  private Duel duel;
  private int times;
  private Set<String> compiled = Set.of();
  private int round;

  /** Nanoseconds of this round per call, and per operation of the peak. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Times {
    public double cpp;
    public double vector;
    public double library;
    public double peak;

    /** Methods of the vector backend that C2 compiled while it counted. */
    public double compiledLate;
  }

  @Setup
  public void warmUp() throws IOException {
    cpp = kernels("cpp");
    vector = kernels("vector");
    duel = Family.valueOf(family).duel(kernel);
    times = (int) Math.max(1, WORK / duel.flops());
    for (Kernels ours : new Kernels[] {cpp, vector}) {
      Warmup.of(() -> duel.ours(ours), WARM_UP_MILLIS);
      duel.theirs();
      duel.compare();
    }
  }

  private static Kernels kernels(String backend) {
    return Device.of(backend, 1).backend().kernels(Team.Member.ALONE);
  }

  @Benchmark
  public void sideBySide(Times t, Blackhole hole) {
    if (round == WARM_UP) {
      compiled = Compiled.methods();
    }
    for (int i = 0; i < SIDES; i++) {
      switch ((round + i) % SIDES) {
        case 0 -> t.cpp = time(() -> duel.ours(cpp));
        case 1 -> t.vector = time(() -> duel.ours(vector));
        default -> t.library = time(duel::theirs);
      }
    }
    long start = THREADS.getCurrentThreadCpuTime();
    hole.consume(Peak.run(PEAK_CALLS));
    t.peak = (THREADS.getCurrentThreadCpuTime() - start) / Peak.flops(PEAK_CALLS);
    round++;
    if (round == WARM_UP + COUNTED) {
      var late = new TreeSet<String>(Compiled.methods());
      late.removeAll(compiled);
      t.compiledLate = late.size();
    }
  }

  /** Nanoseconds per call; the first isn't counted, it brings the operands into the caches. */
  private double time(Runnable call) {
    call.run();
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      call.run();
    }
    return (double) (THREADS.getCurrentThreadCpuTime() - start) / times;
  }

  @TearDown
  public void close() {
    duel.theirs();
    duel.compare();
    duel.close();
  }
}
