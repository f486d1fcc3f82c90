package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** y = f(a, b) of two equal shapes, of rows and one row, of rows and one column. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Zips {
  @Param({"ADD", "MUL", "DIV", "MAX"})
  public Binary function = Binary.ADD;

  private Kernels kernels;
  private Tensor a;
  private Tensor b;
  private Tensor row;
  private Tensor column;
  private Tensor y;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int rows = stage.fit(40, 1280);
    a = stage.drawn(rows, 64);
    b = stage.drawn(rows, 64);
    row = stage.drawn(64);
    column = stage.drawn(rows, 1);
    y = stage.zeros(rows, 64);
  }

  @Benchmark
  public void zip() {
    kernels.zip(function, a, b, y);
  }

  @Benchmark
  public void zipRow() {
    kernels.zip(function, a, row, y);
  }

  @Benchmark
  public void zipColumn() {
    kernels.zip(function, a, column, y);
  }
}
