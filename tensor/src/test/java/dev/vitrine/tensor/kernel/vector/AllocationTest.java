package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.backend.SameBits.blank;
import static dev.vitrine.tensor.kernel.backend.SameBits.blankInts;
import static dev.vitrine.tensor.kernel.backend.SameBits.rough;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.sun.management.ThreadMXBean;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.FusedKernels;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Pool;
import dev.vitrine.tensor.kernel.PooledKernels;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Unary;
import dev.vitrine.tensor.kernel.Window;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Once C2 has compiled a kernel, calling it allocates nothing: no vector, mask or view escapes. */
class AllocationTest {
  private static final int CALLS = 5;
  private static final long PATIENCE = 60_000_000_000L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Kernels k = new VectorBackend().kernels(Team.Member.ALONE);

  /** Calls it until it allocates nothing, which takes as long as compiling does. */
  private static void settles(String what, Runnable kernel) {
    long start = System.nanoTime();
    long bytes;
    do {
      for (int i = 0; i < 5; i++) {
        kernel.run();
      }
      bytes = bytes(kernel);
    } while (bytes > 0 && System.nanoTime() - start < PATIENCE);
    assertEquals(0, bytes, what + ": bytes in " + CALLS + " calls");
  }

  private static long bytes(Runnable kernel) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      kernel.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void zip() {
    Tensor a = rough(1, 128, 33);
    Tensor b = rough(2, 33);
    Tensor y = blank(128, 33);
    settles("zip", () -> k.zip(Binary.ADD, a, b, y));
  }

  /** Softplus is two long functions in one loop: C2 runs out of its inlining budget and boxes. */
  @Tag("slow")
  @ParameterizedTest
  @EnumSource(value = Unary.class, mode = EnumSource.Mode.EXCLUDE, names = "SOFTPLUS")
  void map(Unary f) {
    Tensor x = rough(1, 10_000);
    Tensor y = blank(10_000);
    settles("" + f, () -> k.map(f, 0.3f, 1.7f, x, y));
  }

  @Tag("slow")
  @Test
  void sumsAndPools() {
    Tensor x = rough(1, 64, 130);
    Tensor rows = blank(64);
    Tensor columns = blank(130);
    Tensor y = blank(64, 130);
    Tensor index = blankInts(130);
    Fold f = new Fold(1, 64, 130);
    settles("sumRows", () -> k.sumRows(x, rows));
    settles("sumColumns", () -> k.sumColumns(f, x, columns));
    settles("max", () -> k.max(f, x, columns, index));
    settles("softmax", () -> k.softmax(x, y));
    settles("logSoftmax", () -> k.logSoftmax(x, y));
    Window g = Window.UNIT.stride(2, 2);
    Tensor image = rough(2, 8, 12, 12, 32);
    Tensor small = blank(8, 6, 6, 32);
    Tensor where = blankInts(8, 6, 6, 32);
    settles("maxPool2d", () -> k.maxPool2d(g, 2, 2, image, small, where));
    settles("avgPool2d", () -> k.avgPool2d(g, 2, 2, true, image, small));
  }

  @Tag("slow")
  @Test
  void fused() {
    FusedKernels fused = k.fused();
    assertNotNull(fused);
    PooledKernels pooled = fused.pooled();
    assertNotNull(pooled);
    Window g = Window.UNIT;
    var pool = new Pool(2, 2, 2, 2, true);
    Tensor x = rough(1, 4, 13, 13, 3);
    Tensor w = rough(2, 3, 3, 3, 40);
    Tensor b = rough(3, 40);
    Tensor y = blank(4, 5, 5, 40);
    Tensor dx = blank(4, 13, 13, 3);
    Tensor dw = blank(3, 3, 3, 40);
    Tensor db = blank(40);
    Tensor index = blankInts(4, 5, 5, 40);
    var relu = new Activation(Unary.RELU, 0, 0);
    Tensor few = rough(4, 40, 10);
    Tensor tens = rough(5, 10);
    Tensor product = blank(30, 10);
    Tensor left = rough(6, 30, 40);
    settles("matmul", () -> fused.matmul(false, false, left, few, tens, relu, product));
    settles("pool", () -> pooled.conv2dPool(g, pool, x, w, b, y, index));
    settles("data", () -> pooled.conv2dPoolData(g, pool, y, y, index, w, dx));
    settles("weights", () -> pooled.conv2dPoolWeights(g, pool, x, y, y, index, dw));
    settles("bias", () -> pooled.conv2dPoolBias(pool, 11, 11, y, y, index, db));
  }

  @Tag("slow")
  @Test
  void adam() {
    Tensor w = rough(1, 10_000);
    Tensor v = blank(10_000);
    Tensor rates = Tensor.of(Shape.of(3), 1e-3f, 0.1f, 0.1f);
    var s = new Kernels.Adam(0.9f, 0.999f, 1e-8f, 0.01f, true);
    settles("adam", () -> k.adam(s, w, w, w, v, null, rates, w, w, v, null));
  }
}
