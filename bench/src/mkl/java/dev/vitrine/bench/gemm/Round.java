package dev.vitrine.bench.gemm;

import com.sun.management.ThreadMXBean;
import dev.vitrine.bench.peak.Peak;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
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
 * A few milliseconds of ours, of MKL and of the peak, one right after the other.
 *
 * <p>The machine's speed changes from one second to the next, so only times of the same moment are
 * compared. They are the thread's processor time; JMH's own figure, the time of a whole round, says
 * nothing.
 */
@BenchmarkMode(Mode.SingleShotTime)
@State(Scope.Thread)
public class Round {
  /** Rounds that don't count. */
  static final int WARM_UP = 40;

  static final int COUNTED = 21;

  /** Floating-point operations per side and round. */
  private static final double WORK = 4e8;

  private static final int PEAK_CALLS = 1_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Overwritten by the runner. */
  @Param("NN 64x64x64")
  public String product = "";

  private @Nullable Operands operands;
  private Set<String> compiled = Set.of();
  private int round;

  /** Nanoseconds of this round per product, and per operation of the peak. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Times {
    public double ours;
    public double mkl;
    public double peak;

    /** Methods of ours that C2 compiled while it counted. */
    public double compiledLate;
  }

  /** Both sides' memory: off-heap, on 64-byte lines. */
  private static final class Operands {
    final Gemm g;
    final Kernels kernels = Device.of("vector", 1).backend().kernels(Team.Member.ALONE);
    final Memory memory = new Memory("gemm benchmark");
    final Tensor a;
    final Tensor b;
    final Tensor c;
    final Tensor d;
    final int times;

    Operands(Gemm g) {
      this.g = g;
      var random = new SplittableRandom(1);
      a = memory.floats(g.left());
      b = memory.floats(g.right());
      fill(a, random);
      fill(b, random);
      c = memory.floats(g.product());
      d = memory.floats(g.product());
      times = (int) Math.max(1, WORK / g.flops());
    }

    private static void fill(Tensor t, SplittableRandom random) {
      for (long i = 0; i < t.size(); i++) {
        t.put(i, (float) random.nextDouble(-0.5, 0.5));
      }
    }

    void ours() {
      for (int i = 0; i < times; i++) {
        kernels.matmul(g.ta(), g.tb(), a, b, null, c);
      }
    }

    void mkl() {
      for (int i = 0; i < times; i++) {
        Mkl.multiply(g, a, b, d);
      }
    }

    /** Both compute the same: they differ by roundings of sums of k terms below 1/4. */
    void compare() {
      double bound = 1e-7 * g.k();
      for (long i = 0; i < c.size(); i++) {
        if (!(Math.abs(c.at(i) - d.at(i)) <= bound)) {
          throw new IllegalStateException(
              "element %d: ours is %s, MKL's %s".formatted(i, c.at(i), d.at(i)));
        }
      }
    }
  }

  @Setup
  public void warmUp() throws InterruptedException {
    var o = new Operands(Gemm.parse(product));
    operands = o;
    o.kernels.matmul(o.g.ta(), o.g.tb(), o.a, o.b, null, o.c);
    Mkl.multiply(o.g, o.a, o.b, o.d);
    o.compare();
    Compiled.awaitTiles();
  }

  @Benchmark
  public void sideBySide(Times t, Blackhole hole) {
    Operands o = Objects.requireNonNull(operands);
    if (round == WARM_UP) {
      compiled = Compiled.methods();
    }
    if (round % 2 == 0) {
      t.ours = time(o::ours) / o.times;
      t.mkl = time(o::mkl) / o.times;
    } else {
      t.mkl = time(o::mkl) / o.times;
      t.ours = time(o::ours) / o.times;
    }
    t.peak = time(() -> hole.consume(Peak.run(PEAK_CALLS))) / Peak.flops(PEAK_CALLS);
    round++;
    if (round == WARM_UP + COUNTED) {
      var late = new TreeSet<String>(Compiled.methods());
      late.removeAll(compiled);
      t.compiledLate = late.size();
    }
  }

  private static double time(Runnable side) {
    long start = THREADS.getCurrentThreadCpuTime();
    side.run();
    return THREADS.getCurrentThreadCpuTime() - start;
  }

  @TearDown
  public void close() {
    Objects.requireNonNull(operands).compare();
    Objects.requireNonNull(operands).memory.close();
  }
}
