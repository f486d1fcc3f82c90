package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Unary;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** y = f(x), some of the functions; {@code -p function=…} names others. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Maps {
  @Param({"RELU", "EXP", "LOG", "TANH", "SIGMOID", "ERF", "GELU", "SIN", "POW"})
  public Unary function = Unary.RELU;

  private Kernels kernels;
  private Tensor x;
  private Tensor y;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int rows = stage.fit(64, 2048);
    x = stage.drawn(rows, 64);
    y = stage.zeros(rows, 64);
  }

  @Benchmark
  public void map() {
    kernels.map(function, 1.25f, 2f, x, y);
  }
}
