package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sums and products along an axis. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Sums {
  private Kernels kernels;
  private Fold columns;
  private Tensor x;
  private Tensor perRow;
  private Tensor perColumn;
  private Tensor y;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int rows = stage.fit(64, 2048);
    x = stage.drawn(rows, 64);
    columns = Fold.of(x.shape(), 0);
    perRow = stage.zeros(rows);
    perColumn = stage.zeros(64);
    y = stage.zeros(rows, 64);
  }

  @Benchmark
  public void sumRows() {
    kernels.sumRows(x, perRow);
  }

  @Benchmark
  public void sumColumns() {
    kernels.sumColumns(columns, x, perColumn);
  }

  @Benchmark
  public void product() {
    kernels.product(columns, x, perColumn);
  }

  @Benchmark
  public void productOfOthers() {
    kernels.productOfOthers(columns, x, y);
  }

  @Benchmark
  public void cumulativeSum() {
    kernels.cumulativeSum(columns, false, x, y);
  }
}
