package dev.vitrine.cuda;

import static dev.vitrine.tensor.kernel.backend.SameBits.rough;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Unary;
import dev.vitrine.tensor.kernel.Window;
import dev.vitrine.tensor.kernel.scalar.ScalarBackend;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Products on tensor cores are as good as operands of 11 bits can make them, and say what they are.
 */
class Tf32Test {
  private static final String PROPERTY = "vitrine.cuda.fast";
  private static final Kernels SCALAR = new ScalarBackend().kernels(Team.Member.ALONE);

  /**
   * Rounded to 11 bits each operand is wrong by 2⁻¹¹ of itself at most (half a unit in the last
   * place of 11 bits), and their product by (1 + 2⁻¹¹)² − 1 = 2·2⁻¹¹ + 2⁻²².
   */
  private static final double ROUNDING = 2 * 0x1p-11 + 0x1p-22;

  /** Of each of 600 steps of an fp32 sum at most, on either side, in units of Σ|a|·|b|. */
  private static final double SUMS = 2 * 600 * 0x1p-24;

  private static Gpu gpu;
  private static Kernels fast;
  private static Kernels split;

  @BeforeAll
  static void devices() {
    assumeTrue(Fake.isHere(), "no C++ compiler: the CUDA backend is not tested");
    Fake.mend();
    gpu = new Gpu(0, Precision.TF32, Fake.CACHE);
    fast = new CudaKernels(gpu);
    Fake.set("multiprocessors", 1 << 20);
    split = new CudaKernels(new Gpu(0, Precision.TF32, Fake.CACHE));
  }

  @AfterAll
  static void mend() {
    if (Fake.isHere()) {
      Fake.mend();
    }
  }

  @AfterEach
  void nothingIsAskedFor() {
    System.clearProperty(PROPERTY);
  }

  /** A product of a and b into y. */
  private interface Product {
    void of(Kernels k, Tensor a, Tensor b, Tensor y);
  }

  private static void check(String what, Product product, Tensor a, Tensor b, int... dims) {
    try (var memory = new Memory(what)) {
      Tensor exact = result(memory, dims, (k, y) -> product.of(k, a, b, y), SCALAR);
      Tensor size = result(memory, dims, (k, y) -> product.of(k, size(a), size(b), y), SCALAR);
      Tensor y = result(memory, dims, (k, out) -> product.of(k, a, b, out), fast);
      for (long i = 0; i < y.size(); i++) {
        double error = Math.abs((double) y.at(i) - exact.at(i));
        double most = (ROUNDING + SUMS) * size.at(i);
        assertTrue(error <= most, what + ": " + y.at(i) + ", not " + exact.at(i));
      }
      Tensor again = result(memory, dims, (k, out) -> product.of(k, a, b, out), split);
      assertArrayEquals(y.toFloats(), again.toFloats(), what + ", split over k");
    }
  }

  private static Tensor result(
      Memory memory, int[] dims, BiConsumer<Kernels, Tensor> call, Kernels k) {
    Tensor y = memory.floats(Shape.of(dims));
    call.accept(k, y);
    return y;
  }

  private static Tensor size(Tensor t) {
    Tensor size = Tensor.of(t.shape(), t.toFloats());
    SCALAR.map(Unary.ABS, 0, 0, t, size);
    return size;
  }

  @Test
  void matrices() {
    int[][] sizes = {{1, 1, 1}, {17, 31, 33}, {33, 513, 31}, {65, 600, 70}, {130, 100, 140}};
    for (int[] s : sizes) {
      for (int mode = 0; mode < 4; mode++) {
        boolean ta = (mode & 1) != 0;
        boolean tb = (mode & 2) != 0;
        Tensor a = ta ? rough(1, s[1], s[0]) : rough(1, s[0], s[1]);
        Tensor b = tb ? rough(2, s[2], s[1]) : rough(2, s[1], s[2]);
        check(
            "matmul " + Arrays.toString(s),
            (k, x, w, y) -> k.matmul(ta, tb, x, w, null, y),
            a,
            b,
            s[0],
            s[2]);
      }
    }
  }

  @Test
  void convolutions() {
    Window g = Window.UNIT.padding(1, 1).stride(2, 1);
    Tensor x = rough(1, 2, 9, 8, 30);
    Tensor w = rough(2, 3, 3, 30, 37);
    Tensor dy = rough(3, 2, 5, 8, 37);
    check("conv2d", (k, a, b, y) -> k.conv2d(g, a, b, null, y), x, w, 2, 5, 8, 37);
    check("data", (k, a, b, y) -> k.conv2dData(g, a, b, y), dy, w, 2, 9, 8, 30);
    check("weights", (k, a, b, y) -> k.conv2dWeights(g, a, b, y), x, dy, 3, 3, 30, 37);
  }

  /** Numbers of 11 bits are not rounded: each lane's registers hold what the layout says. */
  @Test
  void smallIntegersAreExact() {
    Tensor a = rough(1, 70, 40);
    Tensor b = rough(2, 40, 70);
    for (Tensor t : new Tensor[] {a, b}) {
      for (long i = 0; i < t.size(); i++) {
        t.put(i, i * 31 % 61 - 30);
      }
    }
    try (var memory = new Memory("integers")) {
      int[] dims = {70, 70};
      BiConsumer<Kernels, Tensor> call = (k, y) -> k.matmul(false, false, a, b, null, y);
      assertArrayEquals(
          result(memory, dims, call, SCALAR).toFloats(),
          result(memory, dims, call, fast).toFloats());
    }
  }

  @Test
  void theDeviceSaysWhatItIs() {
    assertEquals("CPU emulation, sm_90, device 0, tf32 products", gpu.toString());
    assertFalse(new Gpu(0, Fake.CACHE).toString().contains("tf32"));
  }

  @Test
  void nobodyGetsItUnasked() {
    assertEquals(Precision.EXACT, Precision.wanted());
    System.setProperty(PROPERTY, "tf32");
    assertEquals(Precision.TF32, Precision.wanted());
    assertNull(Precision.refused());
  }

  @Test
  void anythingElseIsRefused() {
    System.setProperty(PROPERTY, "bf16");
    assertEquals(
        "vitrine.cuda.fast is \"bf16\", but may only be tf32; without it products are exact",
        new CudaBackend().unavailable());
  }
}
