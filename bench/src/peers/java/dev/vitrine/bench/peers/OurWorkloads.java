package dev.vitrine.bench.peers;

import dev.vitrine.bench.measure.Warmup;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Our side of the workloads alone, in JMH's harness, on one thread. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class OurWorkloads {
  @Param({"cpp", "vector"})
  public String backend = "cpp";

  @Param({"W1-64", "W4-32", "W5-32", "W6-64", "W7-cnn-1"})
  public String workload = "W1-64";

  private Operation operation;

  @Setup
  public void setUp() {
    Workload w = Workload.of(workload);
    operation = new Ours(Device.of(backend, 1)).of(w, Batch.of(w));
  }

  @Setup(Level.Iteration)
  public void settle() throws IOException, InterruptedException {
    Warmup.settle();
  }

  @Benchmark
  public void run() {
    operation.run();
  }

  @TearDown
  public void close() {
    operation.close();
  }
}
