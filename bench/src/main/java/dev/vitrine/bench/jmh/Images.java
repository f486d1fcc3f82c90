package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.tensor.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Images enlarged to twice their sides. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Images {
  @Param({"NEAREST", "BILINEAR"})
  public Interpolation mode = Interpolation.BILINEAR;

  private Kernels kernels;
  private Tensor x;
  private Tensor y;
  private Tensor dx;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int n = stage.fit(2, 16);
    int side = stage.fit(12, 28);
    x = stage.drawn(n, side, side, 4);
    y = stage.drawn(n, 2 * side, 2 * side, 4);
    dx = stage.zeros(n, side, side, 4);
  }

  @Benchmark
  public void interpolate() {
    kernels.interpolate(mode, x, y);
  }

  @Benchmark
  public void interpolateData() {
    kernels.interpolateData(mode, y, dx);
  }
}
