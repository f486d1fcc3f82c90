package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Window;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A convolution of 3×3 taps, padding 1, and its gradients. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Convolutions {
  private Kernels kernels;
  private final Window window = Window.UNIT.padding(1, 1);
  private Tensor x;
  private Tensor w;
  private Tensor bias;
  private Tensor y;
  private Tensor dx;
  private Tensor dw;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int n = stage.fit(2, 8);
    int side = stage.fit(8, 14);
    int channels = stage.fit(16, 64);
    x = stage.drawn(n, side, side, channels);
    w = stage.drawn(3, 3, channels, channels);
    bias = stage.drawn(channels);
    y = stage.drawn(n, side, side, channels);
    dx = stage.zeros(n, side, side, channels);
    dw = stage.zeros(3, 3, channels, channels);
  }

  @Benchmark
  public void conv2d() {
    kernels.conv2d(window, x, w, bias, y);
  }

  @Benchmark
  public void conv2dData() {
    kernels.conv2dData(window, y, w, dx);
  }

  @Benchmark
  public void conv2dWeights() {
    kernels.conv2dWeights(window, x, y, dw);
  }
}
