package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Window;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Pools of 2×2, stride 2. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Pools {
  private Kernels kernels;
  private final Window window = Window.UNIT.stride(2, 2);
  private Tensor x;
  private Tensor y;
  private Tensor index;
  private Tensor dx;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int n = stage.fit(2, 32);
    int side = stage.fit(12, 24);
    x = stage.drawn(n, side, side, 16);
    y = stage.drawn(n, side / 2, side / 2, 16);
    index = stage.ints(n, side / 2, side / 2, 16);
    dx = stage.zeros(n, side, side, 16);
  }

  @Benchmark
  public void maxPool2d() {
    kernels.maxPool2d(window, 2, 2, x, y, index);
  }

  @Benchmark
  public void avgPool2d() {
    kernels.avgPool2d(window, 2, 2, false, x, y);
  }

  @Benchmark
  public void avgPool2dData() {
    kernels.avgPool2dData(window, 2, 2, false, y, dx);
  }
}
