package dev.vitrine.bench.jmh;

import dev.vitrine.bench.measure.Warmup;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import java.io.IOException;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What all benchmarks share: a backend on one thread, and operands that together fit into a cache:
 * some 32 KiB for L1, 1 MiB for L2.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls open first
public class Stage {
  @Param({"cpp", "vector"})
  public String backend = "cpp";

  @Param({"L1", "L2"})
  public String size = "L1";

  private final Memory memory = new Memory("benchmark");
  private final SplittableRandom random = new SplittableRandom(1);
  Kernels kernels;

  @Setup
  public void open() {
    kernels = Device.of(backend, 1).backend().kernels(Team.Member.ALONE);
  }

  /** The vector backend is interpreted, a thousand times slower, until C2 has done its part. */
  @Setup(Level.Iteration)
  public void settle() throws IOException, InterruptedException {
    Warmup.settle();
  }

  @TearDown
  public void close() {
    memory.close();
  }

  /** An extent. */
  int fit(int l1, int l2) {
    return switch (size) {
      case "L1" -> l1;
      case "L2" -> l2;
      default -> throw new IllegalArgumentException("size " + size + ": L1 and L2 are known");
    };
  }

  /** Uniform in [½, 1½): inside every function's domain, and far from denormals. */
  Tensor drawn(int... shape) {
    Tensor t = zeros(shape);
    for (long i = 0; i < t.size(); i++) {
      t.put(i, (float) random.nextDouble(0.5, 1.5));
    }
    return t;
  }

  Tensor zeros(int... shape) {
    return memory.floats(Shape.of(shape));
  }

  Tensor floats(float... values) {
    return memory.floats(Shape.of(values.length), values);
  }

  Tensor ints(int... shape) {
    return memory.ints(Shape.of(shape));
  }

  /** Indices below {@code n}, in no order. */
  Tensor indices(int count, int n) {
    Tensor t = ints(count);
    for (int i = 0; i < count; i++) {
      t.putInt(i, random.nextInt(n));
    }
    return t;
  }
}
