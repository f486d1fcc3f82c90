package dev.vitrine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Kernels run on the processor as they would on a GPU, mistakes included. */
class FakeDriverTest {
  private static final int N = 1000;

  @BeforeAll
  static void itWasBuilt() {
    assumeTrue(Fake.isHere(), "no C++ compiler: the CUDA backend is not tested");
  }

  @AfterEach
  void mend() {
    Fake.mend();
  }

  private static Gpu gpu() {
    return new Gpu(0, Fake.CACHE);
  }

  /** What a kernel {@code void k(struct { float* y; })} leaves in y, of which there are N. */
  private static float[] run(Gpu gpu, String name, String source, int blocks, int threads) {
    long y = gpu.allocate(4L * N, "test");
    try (Arena arena = Arena.ofConfined();
        var argument = new LongPointer(1).put(y);
        var arguments = new PointerPointer<Pointer>(1).put(0, argument)) {
      gpu.launch(
          gpu.kernel(name, source, "k"), name, blocks, 1, 1, threads, 1, arguments, gpu.stream());
      MemorySegment result = arena.allocate(4L * N);
      gpu.read(y, result);
      return result.toArray(ValueLayout.JAVA_FLOAT);
    } finally {
      gpu.free(y);
    }
  }

  private static String kernel(String body) {
    return "struct A { float* y; };\nextern \"C\" __global__ void k(A a) {\n" + body + "\n}\n";
  }

  @Test
  void everyThreadOfEveryBlockRuns() {
    float[] y =
        run(
            gpu(),
            "threads.cu",
            kernel(
                "int i = blockIdx.x * blockDim.x + threadIdx.x; if (i < 1000) a.y[i] = i * 0.5f;"),
            8,
            128);
    for (int i = 0; i < N; i++) {
      assertEquals(i * 0.5f, y[i]);
    }
  }

  private static String reversal(String barrier) {
    return kernel(
        "__shared__ float s[100]; int t = threadIdx.x; s[t] = t; "
            + barrier
            + " a.y[t] = s[99 - t];");
  }

  @Test
  void aBarrierMakesABlockWait() {
    float[] y = run(gpu(), "reversal.cu", reversal("__syncthreads();"), 1, 100);
    for (int t = 0; t < 100; t++) {
      assertEquals(99 - t, y[t]);
    }
  }

  @Test
  void aMissingBarrierShows() {
    float[] y = run(gpu(), "missing.cu", reversal("/* no __syncthreads() */"), 1, 100);
    boolean same = true;
    for (int t = 0; t < 100; t++) {
      same &= y[t] == 99 - t;
    }
    assertTrue(!same, "threads took turns as if there had been a barrier");
  }

  @Test
  void aWarpAddsUp() {
    String sum =
        "float v = threadIdx.x; for (int d = 16; d > 0; d /= 2) v += __shfl_down_sync(0xffffffffu, v, d);"
            + " if (threadIdx.x % 32 == 0) a.y[threadIdx.x / 32] = v;";
    float[] y = run(gpu(), "warp.cu", kernel(sum), 1, 64);
    assertEquals(31 * 32 / 2, y[0]);
    assertEquals(31 * 32 / 2 + 32 * 32, y[1]);
  }

  @Test
  void whatWasNeverWrittenIsNoNumber() {
    assertTrue(Float.isNaN(run(gpu(), "nothing.cu", kernel("a.y[0] = 1;"), 1, 1)[1]));
  }

  @Test
  void barriersThatPartAThreadsWaysAreRefused() {
    String parted =
        "if (threadIdx.x < 10) { __syncthreads(); } else { a.y[0] = 1; __syncthreads(); }";
    Gpu gpu = gpu();
    var e = assertThrows(CudaException.class, () -> run(gpu, "parted.cu", kernel(parted), 1, 64));
    assertTrue(e.getMessage().contains("CUDA_ERROR_LAUNCH_FAILED"), e.getMessage());
  }

  @Test
  void aMistakeInAKernelIsNamedWithItsLine() {
    Gpu gpu = gpu();
    var e =
        assertThrows(
            CudaException.class, () -> run(gpu, "broken.cu", kernel("a.y[0] = nothing;"), 1, 1));
    assertTrue(e.getMessage().contains("broken.cu"), e.getMessage());
    assertTrue(e.getMessage().contains("nothing"), e.getMessage());
  }

  @Test
  void allKernelsOfTheBackendCompile() {
    var compiler = new Compiler("sm_90", Precision.EXACT, Fake.CACHE);
    for (String file : Compiler.FILES) {
      assertNotEquals(0, compiler.compiled(file).length, file);
    }
  }

  /** The only barrier of all products is left out: what a tile reads is not there yet. */
  @Test
  void aBarrierLeftOutOfTheProductsShows() {
    String source = Compiler.resource("matmul.cu");
    String loop = Compiler.resource("product.h");
    String include = "#include \"product.h\"";
    assertTrue(source.contains(include) && loop.contains("__syncthreads();"));
    String planted =
        source.replace(include, loop.replace("__syncthreads();", "").replace("#pragma once", ""));
    Gpu gpu = gpu();
    float[] right = product(gpu, "matmul.cu", source);
    assertArrayEquals(right, product(gpu, "matmul.cu", source));
    assertFalse(Arrays.equals(right, product(gpu, "planted.cu", planted)));
  }

  /** A product of two matrices of 32 × 32, all of the same numbers. */
  private static float[] product(Gpu gpu, String name, String source) {
    int n = 32;
    long bytes = 4L * n * n;
    long a = gpu.allocate(bytes, "test");
    long y = gpu.allocate(bytes, "test");
    long[] fields = {a, a, 0, y, 1, n, n, n, n, 1, n, 1, 0, 1, bytes / 4, 0};
    try (Arena arena = Arena.ofConfined();
        var argument = new LongPointer(fields.length + 24).put(fields, 0, fields.length);
        var arguments = new PointerPointer<Pointer>(1).put(0, argument)) {
      MemorySegment numbers = arena.allocate(bytes);
      for (int i = 0; i < n * n; i++) {
        numbers.setAtIndex(ValueLayout.JAVA_FLOAT, i, i % 7 - 3);
      }
      gpu.write(numbers, a);
      var kernel = gpu.kernel(name, source, "matmul_nn_small");
      gpu.launch(kernel, name, 1, 1, 1, 64, 1, arguments, gpu.stream());
      MemorySegment result = arena.allocate(bytes);
      gpu.read(y, result);
      return result.toArray(ValueLayout.JAVA_FLOAT);
    } finally {
      gpu.free(a);
      gpu.free(y);
    }
  }

  // ---- what machines do

  @Test
  void aMachineInOrderIsUsable() {
    assertNull(Probe.ask().reason());
    assertEquals(1, Probe.ask().devices());
  }

  @Test
  void whatIsMissingIsSaidInOneSentence() {
    Fake.set("devices", 0);
    assertEquals(
        "there is a driver, but no device (cuInit: CUDA_ERROR_NO_DEVICE)", Probe.ask().reason());
    Fake.mend();
    Fake.set("version", 12040);
    assertEquals("the driver serves CUDA 12.4, 13.0 is needed", Probe.ask().reason());
  }

  @Test
  void moreMemoryThanThereIsIsRefusedWithItsOwner() {
    Gpu gpu = gpu();
    Fake.set("memory", 1 << 20);
    var e = assertThrows(CudaException.class, () -> gpu.allocate(2 << 20, "workspace"));
    assertTrue(
        e.getMessage()
            .startsWith(
                "workspace: 2,097,152 bytes on CPU emulation: CUDA_ERROR_OUT_OF_MEMORY (out of memory)"),
        e.getMessage());
  }

  @Test
  void aDeviceThatIsLostSaysSo() {
    Gpu gpu = gpu();
    Fake.set("launches", 0);
    var e =
        assertThrows(CudaException.class, () -> run(gpu, "lost.cu", kernel("a.y[0] = 1;"), 1, 1));
    assertTrue(e.getMessage().contains("the device is lost"), e.getMessage());
  }

  @Test
  void aDeviceThatIsNotThereIsRefused() {
    var e = assertThrows(CudaException.class, () -> new Gpu(3, Fake.CACHE));
    assertTrue(e.getMessage().contains("CUDA device 3"), e.getMessage());
  }
}
