package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Draw;
import dev.vitrine.tensor.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Random fills. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class RandomNumbers {
  @Param({"UNIFORM", "NORMAL", "KEEP"})
  public Draw draw = Draw.UNIFORM;

  private Kernels kernels;
  private Tensor clock;
  private Tensor y;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    clock = stage.ints(2);
    y = stage.zeros(stage.fit(128, 4096), 64);
  }

  @Benchmark
  public void random() {
    kernels.random(draw, 7, 1, 0.5f, clock, y);
  }
}
