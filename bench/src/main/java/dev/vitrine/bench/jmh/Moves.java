package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Elements moved: rows by index, axes swapped, every second row. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Moves {
  private Kernels kernels;
  private final int[] swapped = {0, 2, 1};
  private Fold rows;
  private Tensor x;
  private Tensor index;
  private Tensor y;
  private Tensor images;
  private Tensor turned;
  private Tensor half;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int count = stage.fit(64, 2048);
    x = stage.drawn(count, 64);
    rows = Fold.of(x.shape(), 0);
    index = stage.indices(count, count);
    y = stage.zeros(count, 64);
    images = stage.drawn(count / 64, 64, 64);
    turned = stage.zeros(count / 64, 64, 64);
    half = stage.zeros(count / 2, 64);
  }

  @Benchmark
  public void gather() {
    kernels.gather(rows, x, index, y);
  }

  @Benchmark
  public void scatter() {
    kernels.scatter(rows, x, index, y);
  }

  @Benchmark
  public void permute() {
    kernels.permute(swapped, images, turned);
  }

  @Benchmark
  public void slice() {
    kernels.slice(rows, 0, 2, x, half);
  }

  @Benchmark
  public void paste() {
    kernels.paste(rows, 0, 2, half, y);
  }
}
