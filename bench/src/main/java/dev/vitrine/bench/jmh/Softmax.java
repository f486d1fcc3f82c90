package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Softmax and its logarithms over rows of 10, as of a classifier, or 256. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Softmax {
  @Param({"10", "256"})
  public int classes = 10;

  private Kernels kernels;
  private Tensor x;
  private Tensor y;
  private Tensor perRow;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int elements = stage.fit(4096, 131_072);
    int rows = elements / classes;
    x = stage.drawn(rows, classes);
    y = stage.zeros(rows, classes);
    perRow = stage.zeros(rows);
  }

  @Benchmark
  public void softmax() {
    kernels.softmax(x, y);
  }

  @Benchmark
  public void logSoftmax() {
    kernels.logSoftmax(x, y);
  }

  @Benchmark
  public void logSumExp() {
    kernels.logSumExp(x, perRow);
  }
}
