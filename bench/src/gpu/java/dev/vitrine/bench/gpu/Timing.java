package dev.vitrine.bench.gpu;

import dev.vitrine.bench.measure.Quartiles;
import dev.vitrine.bench.peers.Batch;
import dev.vitrine.bench.peers.Ours;
import dev.vitrine.bench.peers.Workload;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Replay;
import dev.vitrine.tensor.kernel.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Seconds that kernels and whole workloads take on a device, by name. */
final class Timing {
  private static final int ROUNDS = 5;
  private static final double ENOUGH = 0.2;
  private static final List<Integer> GEMM = List.of(1024, 2048, 4096, 8192);
  private static final List<String> WORKLOADS = List.of("W1-128", "W4-128", "W7-cnn-32");
  private static final int BATCH = 128;

  private final Device device;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final Map<String, Double> flops = new LinkedHashMap<>();

  private Timing(Device device) {
    this.device = device;
  }

  /** Everything, or a little of each where the device is none. */
  static Timing of(Device device, boolean small) {
    var t = new Timing(device);
    (small ? List.of(64) : GEMM).forEach(t::product);
    t.convolutions("conv1", small ? 2 : BATCH, 28, 1, 32);
    t.convolutions("conv2", small ? 2 : BATCH, 13, 32, 64);
    if (!small) {
      WORKLOADS.forEach(t::workload);
    }
    return t;
  }

  Map<String, Double> seconds() {
    return seconds;
  }

  double flops(String name) {
    return flops.getOrDefault(name, 0.0);
  }

  private void product(int n) {
    try (var memory = new Memory("product")) {
      Tensor a = filled(memory, n, n);
      Tensor b = filled(memory, n, n);
      Tensor y = memory.floats(Shape.of(n, n));
      kernel("gemm " + n, 2.0 * n * n * n, k -> k.matmul(false, false, a, b, null, y));
    }
  }

  private void convolutions(String name, int batch, int side, int in, int out) {
    int to = side - 2;
    double work = 2.0 * batch * to * to * 9 * in * out;
    try (var memory = new Memory(name)) {
      Tensor x = filled(memory, batch, side, side, in);
      Tensor w = filled(memory, 3, 3, in, out);
      Tensor y = filled(memory, batch, to, to, out);
      kernel(name + " forward", work, k -> k.conv2d(Window.UNIT, x, w, null, y));
      kernel(name + " data", work, k -> k.conv2dData(Window.UNIT, y, w, x));
      kernel(name + " weights", work, k -> k.conv2dWeights(Window.UNIT, x, y, w));
    }
  }

  private static Tensor filled(Memory memory, int... dims) {
    Tensor t = memory.floats(Shape.of(dims));
    for (long i = 0; i < t.size(); i++) {
      t.put(i, (i * 7 % 13 - 6) * 0x1p-6f);
    }
    return t;
  }

  /** Several calls behind one another in one graph; what comes last is read, so all are done. */
  private void kernel(String name, double work, Consumer<Kernels> call) {
    int calls = 10;
    try (var memory = new Memory("end")) {
      Tensor end = memory.floats(Shape.of(1));
      Replay replay =
          device.prepared(
              k -> {
                for (int i = 0; i < calls; i++) {
                  call.accept(k);
                }
                k.fill(1, end);
              },
              Long.MAX_VALUE);
      flops.put(name, work);
      seconds.put(name, median(replay::run, end::item) / calls);
    }
  }

  private void workload(String id) {
    Workload w = Workload.of(id);
    try (var operation = new Ours(device).of(w, Batch.of(w))) {
      seconds.put(id, median(operation, operation::loss));
    }
  }

  /** Seconds of one run: the median of some rounds, of many runs each that {@code end} ends. */
  private static double median(Runnable run, Runnable end) {
    run.run();
    end.run();
    long start = System.nanoTime();
    run.run();
    end.run();
    double once = (System.nanoTime() - start) * 1e-9;
    int runs = (int) Math.clamp(ENOUGH / ROUNDS / once, 1, 1000);
    var rounds = new ArrayList<Double>();
    for (int r = 0; r < ROUNDS; r++) {
      start = System.nanoTime();
      for (int i = 0; i < runs; i++) {
        run.run();
      }
      end.run();
      rounds.add((double) (System.nanoTime() - start) / runs);
    }
    return Quartiles.of(rounds).median() * 1e-9;
  }
}
