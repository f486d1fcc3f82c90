package dev.vitrine.bench.jmh;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Steps of the optimisers; what they read stays as it is, so that every call does the same. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Optimisers {
  private static final Kernels.Sgd SGD = new Kernels.Sgd(0.9f, 0, false, 0.01f);
  private static final Kernels.Adam ADAM = new Kernels.Adam(0.9f, 0.999f, 1e-8f, 0, false);
  private static final Kernels.RmsProp RMS_PROP = new Kernels.RmsProp(0.99f, 1e-8f, 0.9f, 0);
  private static final Kernels.Adagrad ADAGRAD = new Kernels.Adagrad(1e-10f, 0);

  private Kernels kernels;
  private Tensor w;
  private Tensor g;
  private Tensor m;
  private Tensor v;
  private Tensor mean;
  private Tensor rates;
  private Tensor w1;
  private Tensor m1;
  private Tensor v1;
  private Tensor mean1;

  @Setup
  public void setUp(Stage stage) {
    kernels = stage.kernels;
    int n = stage.fit(1024, 32_768);
    w = stage.drawn(n);
    g = stage.drawn(n);
    m = stage.drawn(n);
    v = stage.drawn(n);
    mean = stage.zeros(n); // its square must stay below v
    rates = stage.floats(0.001f, 0.19f, 0.0447f);
    w1 = stage.zeros(n);
    m1 = stage.zeros(n);
    v1 = stage.zeros(n);
    mean1 = stage.zeros(n);
  }

  @Benchmark
  public void sgd() {
    kernels.sgd(SGD, w, g, m, rates, w1, m1);
  }

  @Benchmark
  public void adam() {
    kernels.adam(ADAM, w, g, m, v, null, rates, w1, m1, v1, null);
  }

  @Benchmark
  public void rmsprop() {
    kernels.rmsprop(RMS_PROP, w, g, v, mean, m, rates, w1, v1, mean1, m1);
  }

  @Benchmark
  public void adagrad() {
    kernels.adagrad(ADAGRAD, w, g, v, rates, w1, v1);
  }
}
