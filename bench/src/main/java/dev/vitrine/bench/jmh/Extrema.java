package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The largest and smallest of each row, and where they are. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Extrema {
  private Kernels kernels;
  private Fold rows;
  private Tensor x;
  private Tensor y;
  private Tensor index;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int count = stage.fit(128, 4096);
    x = stage.drawn(count, 64);
    rows = Fold.of(x.shape(), 1);
    y = stage.zeros(count);
    index = stage.ints(count);
  }

  @Benchmark
  public void max() {
    kernels.max(rows, x, y, index);
  }

  @Benchmark
  public void min() {
    kernels.min(rows, x, y, index);
  }
}
