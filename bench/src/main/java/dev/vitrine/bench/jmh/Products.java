package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** y = a·b of square matrices; {@code T} marks the operand that lies there transposed. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Products {
  @Param({"NN", "NT", "TN"})
  public String form = "NN";

  private Kernels kernels;
  private boolean ta;
  private boolean tb;
  private Tensor a;
  private Tensor b;
  private Tensor bias;
  private Tensor y;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int n = stage.fit(48, 288);
    ta = form.charAt(0) == 'T';
    tb = form.charAt(1) == 'T';
    a = stage.drawn(n, n);
    b = stage.drawn(n, n);
    bias = stage.drawn(n);
    y = stage.zeros(n, n);
  }

  @Benchmark
  public void matmul() {
    kernels.matmul(ta, tb, a, b, bias, y);
  }
}
