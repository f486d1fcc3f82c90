package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Kernels that touch each element once, without functions. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Elementwise {
  private Kernels kernels;
  private Tensor condition;
  private Tensor a;
  private Tensor b;
  private Tensor row;
  private Tensor y;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int rows = stage.fit(32, 1024);
    condition = stage.drawn(rows, 64);
    a = stage.drawn(rows, 64);
    b = stage.drawn(rows, 64);
    row = stage.drawn(64);
    y = stage.zeros(rows, 64);
  }

  @Benchmark
  public void fill() {
    kernels.fill(1.5f, y);
  }

  @Benchmark
  public void copy() {
    kernels.copy(a, y);
  }

  @Benchmark
  public void select() {
    kernels.select(condition, a, b, y);
  }

  @Benchmark
  public void broadcast() {
    kernels.broadcast(row, y);
  }
}
