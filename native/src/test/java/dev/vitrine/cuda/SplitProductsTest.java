package dev.vitrine.cuda;

import static dev.vitrine.tensor.kernel.backend.SameBits.rough;
import static dev.vitrine.tensor.kernel.backend.SameBits.special;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Replay;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;
import dev.vitrine.tensor.kernel.scalar.ScalarBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Products have the scalar backend's bits, whether chunks of k are blocks of their own or not. */
class SplitProductsTest {
  private static final Kernels SCALAR = new ScalarBackend().kernels(Team.Member.ALONE);
  private static final Window UNIT = Window.UNIT;

  /** No product has fewer tiles than multiprocessors, or each one that has two chunks has. */
  private static Kernels whole;

  private static Kernels split;

  @BeforeAll
  static void devices() {
    assumeTrue(Fake.isHere(), "no C++ compiler: the CUDA backend is not tested");
    Fake.set("multiprocessors", 1);
    whole = new CudaKernels(new Gpu(0, Fake.CACHE));
    Fake.set("multiprocessors", 1 << 20);
    split = new CudaKernels(new Gpu(0, Fake.CACHE));
  }

  @AfterAll
  static void mend() {
    if (Fake.isHere()) {
      Fake.mend();
    }
  }

  /** Every way, called and captured; a graph twice, the second time with what it left behind. */
  private static void check(String what, BiConsumer<Kernels, Tensor> call, int... dims) {
    try (var memory = new Memory(what)) {
      Tensor expected = memory.floats(Shape.of(dims));
      call.accept(SCALAR, expected);
      for (int i = 0; i < 2; i++) {
        Kernels k = i == 0 ? whole : split;
        String way = what + (i == 0 ? ", whole" : ", split");
        Tensor y = memory.floats(Shape.of(dims));
        call.accept(k, y);
        assertArrayEquals(bits(expected), bits(y), way);
        Tensor captured = memory.floats(Shape.of(dims));
        Replay replay = k.capture(() -> call.accept(k, captured));
        replay.run();
        replay.run();
        assertArrayEquals(bits(expected), bits(captured), way + ", captured");
      }
    }
  }

  /** All NaNs are one value. */
  private static int[] bits(Tensor t) {
    int[] bits = new int[Math.toIntExact(t.size())];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(t.at(i));
    }
    return bits;
  }

  @Test
  void matricesOfManyChunks() {
    int[][] sizes = {{1, 513, 1}, {3, 1025, 7}, {33, 1030, 31}, {65, 2047, 70}, {130, 1024, 10}};
    for (int[] s : sizes) {
      for (int mode = 0; mode < 4; mode++) {
        boolean ta = (mode & 1) != 0;
        boolean tb = (mode & 2) != 0;
        Tensor a = ta ? rough(1, s[1], s[0]) : rough(1, s[0], s[1]);
        Tensor b = tb ? rough(2, s[2], s[1]) : rough(2, s[1], s[2]);
        Tensor bias = mode == 3 ? null : rough(3, s[2]);
        String what = "%d x %d x %d, %s %s".formatted(s[0], s[1], s[2], ta, tb);
        check(what, (k, y) -> k.matmul(ta, tb, a, b, bias, y), s[0], s[2]);
      }
    }
  }

  @Test
  void manyMatrices() {
    Tensor a = rough(1, 3, 1, 5, 1100);
    Tensor b = rough(2, 2, 1100, 9);
    check("batched", (k, y) -> k.matmul(false, false, a, b, null, y), 3, 2, 5, 9);
  }

  /** n, h, w, c, kh, kw, o, and the window: several chunks each way, some of them left out. */
  private record Case(int n, int h, int w, int c, int kh, int kw, int o, Window g) {}

  private static final Case[] CASES = {
    new Case(2, 28, 28, 1, 3, 3, 32, UNIT),
    new Case(1, 9, 9, 130, 3, 3, 17, UNIT.padding(1, 1)),
    new Case(2, 13, 13, 100, 3, 3, 70, UNIT.padding(1, 0)),
    new Case(1, 3, 4, 513, 2, 2, 514, UNIT.padding(1, 0)),
    new Case(1, 2, 600, 2, 1, 3, 3, UNIT.padding(0, 1)),
    new Case(1, 4, 4, 600, 1, 1, 600, UNIT.stride(3, 3).padding(2, 2)),
    new Case(1, 7, 6, 257, 3, 2, 258, UNIT.dilation(3, 2).padding(5, 2)),
    new Case(1, 2, 2, 300, 4, 4, 260, UNIT.padding(3, 3))
  };

  private static final Case[] LARGE_CASES = {
    new Case(1, 5, 5, 300, 5, 5, 260, UNIT.padding(4, 4)),
    new Case(2, 15, 33, 130, 7, 7, 140, UNIT.stride(2, 2).padding(3, 3).groups(2))
  };

  @Test
  void convolutionsAndTheirGradients() {
    check(CASES);
  }

  @Test
  @Tag("slow")
  void largeConvolutionsAndTheirGradients() {
    check(LARGE_CASES);
  }

  private static void check(Case... cases) {
    for (Case c : cases) {
      int h = c.g.outH(c.h, c.kh);
      int w = c.g.outW(c.w, c.kw);
      int depth = c.c / c.g.groups();
      Tensor x = rough(1, c.n, c.h, c.w, c.c);
      Tensor weights = special(2, 4000, c.kh, c.kw, depth, c.o);
      Tensor bias = c.h % 2 == 0 ? rough(3, c.o) : null;
      Tensor dy = special(4, 4000, c.n, h, w, c.o);
      check("conv2d " + c, (k, y) -> k.conv2d(c.g, x, weights, bias, y), c.n, h, w, c.o);
      check("data " + c, (k, dx) -> k.conv2dData(c.g, dy, weights, dx), c.n, c.h, c.w, c.c);
      check("weights " + c, (k, dw) -> k.conv2dWeights(c.g, x, dy, dw), c.kh, c.kw, depth, c.o);
    }
  }

  /** Chunk sums of −0, which only underflow makes, and chunks without terms add up to −0 too. */
  @Test
  void zerosKeepTheirSigns() {
    Tensor x = Tensor.of(Shape.of(1, 4, 1, 600), filled(4 * 600, -1e-30f));
    Tensor w = Tensor.of(Shape.of(5, 1, 600, 2), filled(5 * 600 * 2, 1e-30f));
    Window g = UNIT.padding(4, 0);
    check("−0", (k, y) -> k.conv2d(g, x, w, null, y), 1, 8, 1, 2);
  }

  private static float[] filled(int n, float v) {
    var values = new float[n];
    Arrays.fill(values, v);
    return values;
  }

  /** All work shares one place for sums: what one thread left there, no other writes over. */
  @Test
  void threadsKeepTheirSumsApart() throws InterruptedException {
    int threads = 4;
    try (var memory = new Memory("threads")) {
      var done = new AtomicInteger();
      var all = new ArrayList<Thread>();
      for (int t = 0; t < threads; t++) {
        Tensor a = rough(t, 9, 2000);
        Tensor b = rough(t + 9, 2000, 33);
        Tensor y = memory.floats(Shape.of(9, 33));
        Tensor result = memory.floats(Shape.of(9, 33));
        SCALAR.matmul(false, false, a, b, null, y);
        Runnable call = () -> split.matmul(false, false, a, b, null, result);
        Runnable way = t % 2 == 0 ? call : split.capture(call)::run;
        all.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 0; i < 5; i++) {
                    way.run();
                    assertArrayEquals(bits(y), bits(result));
                  }
                  done.incrementAndGet();
                }));
      }
      for (Thread t : all) {
        t.join();
      }
      assertEquals(threads, done.get());
    }
  }

  @Test
  void aLongProductIsSplitWhereItsTilesAreFew() {
    Fake.set("multiprocessors", 132);
    Gpu gpu = new Gpu(0, Fake.CACHE);
    var long9 = new Blocks.Runs(128 * 26, 26);
    assertEquals(new Blocks(Tile.SMALL, 176), Blocks.of(gpu, Tile.MEDIUM, 9, 32, 1, long9));
    var long288 = new Blocks.Runs(128 * 11, 11);
    assertEquals(new Blocks(Tile.MEDIUM, 31), Blocks.of(gpu, Tile.MEDIUM, 288, 64, 1, long288));
    assertFalse(Blocks.of(gpu, Tile.LARGE, 1024, 1024, 1, new Blocks.Runs(1, 8192)).split());
    assertFalse(Blocks.of(gpu, Tile.LARGE, 64, 64, 1, new Blocks.Runs(1, 512)).split());
    assertTrue(Blocks.of(gpu, Tile.LARGE, 64, 64, 1, new Blocks.Runs(1, 513)).split());
    var endless = new Blocks.Runs(1, 1L << 30);
    assertFalse(Blocks.of(gpu, Tile.LARGE, 64, 64, 1, endless).split(), "the sums have no room");
  }
}
