package dev.vitrine.tensor.kernel.backend;

import static dev.vitrine.tensor.kernel.backend.SameBits.blank;
import static dev.vitrine.tensor.kernel.backend.SameBits.blankInts;
import static dev.vitrine.tensor.kernel.backend.SameBits.checkFused;
import static dev.vitrine.tensor.kernel.backend.SameBits.checkPooled;
import static dev.vitrine.tensor.kernel.backend.SameBits.rough;
import static dev.vitrine.tensor.kernel.backend.SameBits.special;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Chain;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Pool;
import dev.vitrine.tensor.kernel.Unary;
import dev.vitrine.tensor.kernel.Window;
import dev.vitrine.tensor.kernel.scalar.ScalarBackend;
import dev.vitrine.tensor.kernel.Team;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A fused kernel gives the bits of the calls that it stands for. */
class FusedTest {
  private static final Window UNIT = Window.UNIT;

  private static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation(Unary.RELU, 0, 0),
          new Activation(Unary.LEAKY_RELU, 0.01f, 0),
          new Activation(Unary.TANH, 0, 0),
          new Activation(Unary.GELU, 0, 0));

  /** tanh(a·2 + b)·c − a, with a number among the inputs. */
  @Test
  void chainsOfElements() {
    var chain =
        new Chain(
            4,
            List.of(
                new Chain.Zip(Binary.MUL, 0, 3),
                new Chain.Zip(Binary.ADD, 4, 1),
                new Chain.Map(Unary.TANH, 0, 0, 5),
                new Chain.Zip(Binary.MUL, 6, 2),
                new Chain.Zip(Binary.MAX, 7, 5),
                new Chain.Zip(Binary.SUB, 8, 0)));
    for (int n : new int[] {1, 5, 16, 100, 1024, 1030, 5000, 70_001}) {
      Tensor a = special(1, 100, n);
      Tensor b = special(2, 100, n);
      Tensor c = rough(3, n);
      Tensor two = Tensor.of(Shape.of(1), 2f);
      checkFused(
          "chain of " + n,
          (k, out) -> {
            Tensor sum = blank(n);
            k.zip(Binary.MUL, a, two, sum);
            k.zip(Binary.ADD, sum, b, sum);
            k.map(Unary.TANH, 0, 0, sum, out[0]);
            k.zip(Binary.MUL, out[0], c, out[0]);
            k.zip(Binary.MAX, out[0], sum, out[0]);
            k.zip(Binary.SUB, out[0], a, out[0]);
          },
          (k, out) -> k.chain(chain, new Tensor[] {a, b, c, two}, out[0]),
          blank(n));
    }
  }

  /** (a > b ? b / (a > b ? a : 2) : 2), then one of two numbers: any operand may be a number. */
  @Test
  void chainsThatChoose() {
    var chain =
        new Chain(
            3,
            List.of(
                new Chain.Zip(Binary.GREATER, 0, 1),
                new Chain.Choose(3, 0, 2),
                new Chain.Zip(Binary.DIV, 1, 4),
                new Chain.Choose(3, 5, 2),
                new Chain.Choose(6, 2, 0),
                new Chain.Choose(2, 7, 6)));
    for (int n : new int[] {1, 17, 1024, 5000}) {
      Tensor a = special(1, 100, n);
      Tensor b = special(2, 100, n);
      Tensor two = Tensor.of(Shape.of(1), 2f);
      checkFused(
          "choices of " + n,
          (k, out) -> {
            Tensor larger = blank(n);
            Tensor quotient = blank(n);
            k.zip(Binary.GREATER, a, b, larger);
            k.select(larger, a, two, quotient);
            k.zip(Binary.DIV, b, quotient, quotient);
            k.select(larger, quotient, two, quotient);
            k.select(quotient, two, a, out[0]);
            k.select(two, out[0], quotient, out[0]);
          },
          (k, out) -> k.chain(chain, new Tensor[] {a, b, two}, out[0]),
          blank(n));
    }
  }

  @Test
  void aChainMayWriteOverAnInput() {
    var chain =
        new Chain(
            2, List.of(new Chain.Map(Unary.STEP, 0, 0, 1), new Chain.Zip(Binary.MUL, 0, 2)));
    Tensor b = rough(2, 3000);
    checkFused(
        "in place",
        (k, out) -> {
          Tensor step = blank(3000);
          k.map(Unary.STEP, 0, 0, b, step);
          k.zip(Binary.MUL, out[0], step, out[0]);
        },
        (k, out) -> k.chain(chain, new Tensor[] {out[0], b}, out[0]),
        rough(1, 3000));
  }

  @Test
  void productsWithAnActivation() {
    int[][] sizes = {{1, 1, 1}, {7, 0, 3}, {13, 16, 128}, {5, 1030, 10}, {33, 513, 70}};
    for (int[] s : sizes) {
      for (Activation f : ACTIVATIONS) {
        Tensor a = special(1, 200, s[0], s[1]);
        Tensor b = rough(2, s[1], s[2]);
        Tensor bias = s[0] % 3 == 1 ? rough(3, s[2]) : null;
        checkFused(
            "matmul %d x %d x %d, %s".formatted(s[0], s[1], s[2], f),
            (k, out) -> {
              k.matmul(false, false, a, b, bias, out[0]);
              k.map(f.f(), f.p(), f.q(), out[0], out[0]);
            },
            (k, out) -> k.matmul(false, false, a, b, bias, f, out[0]),
            blank(s[0], s[2]));
      }
    }
  }

  @Test
  void convolutionsWithAnActivation() {
    Window[] windows = {UNIT, UNIT.padding(1, 1), UNIT.stride(2, 2).groups(2)};
    for (Window g : windows) {
      for (Activation f : ACTIVATIONS) {
        Tensor x = special(1, 300, 3, 9, 8, 4);
        Tensor w = rough(2, 3, 3, 4 / g.groups(), 34);
        Tensor bias = g.padH() == 0 ? rough(3, 34) : null;
        checkFused(
            "conv2d %s, %s".formatted(g, f),
            (k, out) -> {
              k.conv2d(g, x, w, bias, out[0]);
              k.map(f.f(), f.p(), f.q(), out[0], out[0]);
            },
            (k, out) -> k.conv2d(g, x, w, bias, f, out[0]),
            blank(3, g.outH(9, 3), g.outW(8, 3), 34));
      }
    }
  }

  /** Images [n, h, w, c] under a k × k kernel with o outputs, and the pool behind it. */
  private record Case(int n, int h, int w, int c, int k, int o, Window g, Pool pool) {
    int zh() {
      return g.outH(h, k);
    }

    int zw() {
      return g.outW(w, k);
    }

    Window window() {
      return UNIT.stride(pool.strideH(), pool.strideW());
    }

    Shape pooled() {
      Window p = window();
      return Shape.of(n, p.outH(zh(), pool.kh()), p.outW(zw(), pool.kw()), o);
    }

    Tensor blankPooled() {
      return blank(pooled().dims());
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(2, 28, 28, 1, 3, 32, UNIT, new Pool(2, 2, 2, 2, true)),
          new Case(3, 13, 13, 32, 3, 64, UNIT, new Pool(2, 2, 2, 2, true)),
          new Case(2, 13, 12, 3, 3, 17, UNIT.padding(1, 1), new Pool(2, 2, 2, 2, false)),
          new Case(2, 12, 13, 5, 2, 40, UNIT.stride(1, 2), new Pool(3, 2, 3, 3, true)),
          new Case(1, 9, 30, 2, 3, 3, UNIT.dilation(2, 1), new Pool(1, 3, 2, 4, false)),
          new Case(4, 33, 33, 1, 5, 6, UNIT, new Pool(3, 3, 3, 3, true)),
          new Case(2, 7, 7, 8, 3, 20, UNIT.padding(2, 2), new Pool(1, 1, 1, 1, true)),
          new Case(1, 5, 5, 2, 3, 70, UNIT, new Pool(2, 2, 3, 2, true)),
          // many channels: several vectors, several groups of taps
          new Case(2, 12, 11, 20, 3, 33, UNIT.padding(1, 1), new Pool(2, 2, 2, 2, true)),
          new Case(2, 12, 13, 48, 5, 24, UNIT.stride(2, 1), new Pool(2, 3, 2, 3, false)),
          new Case(1, 14, 14, 24, 3, 70, UNIT.dilation(2, 1).padding(2, 1), new Pool(3, 2, 3, 2, true)),
          new Case(2, 9, 60, 33, 1, 16, UNIT, new Pool(2, 2, 2, 2, true)),
          // chunks of one row, of parts of rows; rows of the kernel that see nothing
          new Case(1, 4, 300, 1, 3, 3, UNIT.padding(1, 1), new Pool(2, 2, 2, 2, true)),
          new Case(1, 4, 1100, 1, 3, 2, UNIT, new Pool(2, 3, 2, 3, true)),
          new Case(2, 1, 9, 2, 3, 5, UNIT.padding(1, 1), new Pool(1, 2, 1, 2, true)));

  @Test
  void convolutionReluAndPool() {
    for (Case c : CASES) {
      for (boolean bias : new boolean[] {true, false}) {
        Tensor x = special(1, 500, c.n, c.h, c.w, c.c);
        Tensor w = rough(2, c.k, c.k, c.c, c.o);
        Tensor b = bias ? rough(3, c.o) : null;
        checkPooled(
            c.toString(),
            (k, out) -> forward(k, c, x, w, b, out[0], out[1]),
            (k, out) -> k.conv2dPool(c.g, c.pool, x, w, b, out[0], out[1]),
            c.blankPooled(),
            blankInts(c.pooled().dims()));
      }
    }
  }

  private static void forward(
      Kernels k, Case c, Tensor x, Tensor w, @Nullable Tensor b, Tensor y, Tensor index) {
    Tensor z = blank(c.n, c.zh(), c.zw(), c.o);
    k.conv2d(c.g, x, w, b, z);
    if (c.pool.relu()) {
      k.map(Unary.RELU, 0, 0, z, z);
    }
    k.maxPool2d(c.window(), c.pool.kh(), c.pool.kw(), z, y, index);
  }

  @Test
  void gradientsThroughThePool() {
    for (Case c : CASES) {
      Tensor x = rough(1, c.n, c.h, c.w, c.c);
      Tensor w = special(2, 300, c.k, c.k, c.c, c.o);
      Tensor b = rough(3, c.o);
      Tensor y = c.blankPooled();
      Tensor index = blankInts(c.pooled().dims());
      Kernels scalar = new ScalarBackend().kernels(Team.Member.ALONE);
      forward(scalar, c, x, w, b, y, index);
      Tensor dy = special(4, 50, c.pooled().dims());
      Tensor a = blank(c.n, c.zh(), c.zw(), c.o);
      scalar.conv2d(c.g, x, w, b, a);
      Tensor dz = blank(c.n, c.zh(), c.zw(), c.o);
      scalar.scatter(dz.shape().fold(1, 4), dy, index, dz);
      if (c.pool.relu()) {
        scalar.map(Unary.STEP, 0, 0, a, a);
        scalar.zip(Binary.MUL, dz, a, dz);
      }
      gradients(c, x, w, dz, dy, y, index);
    }
  }

  /**
   * Zeros between the winners of a pool need not be multiplied; but they count where they meet an
   * infinity, or a chain that has underflowed to −0.
   */
  @Test
  void gradientsThroughThePoolOfNumbersThatAreNearlyTooSmallOrTooLarge() {
    for (float scale : new float[] {1, 1e-37f, 1e-41f, 1e37f}) {
      for (boolean infinite : new boolean[] {false, true}) {
        for (Case c : CASES) {
          Tensor x = scaled(rough(1, c.n, c.h, c.w, c.c), 1e-6f);
          Tensor w = scaled(rough(2, c.k, c.k, c.c, c.o), 1e-6f);
          if (infinite) {
            x.put(x.size() / 2, Float.POSITIVE_INFINITY);
            w.put(w.size() / 2, Float.NaN);
          }
          Tensor y = rough(3, c.pooled().dims());
          Tensor index = winners(c);
          Tensor dy = scaled(rough(4, c.pooled().dims()), scale);
          gradients(c, x, w, sentBack(c, dy, y, index), dy, y, index);
        }
      }
    }
  }

  private static Tensor scaled(Tensor t, float factor) {
    for (long i = 0; i < t.size(); i++) {
      t.put(i, t.at(i) * factor);
    }
    return t;
  }

  /** Some pixel of each window. */
  private static Tensor winners(Case c) {
    Tensor index = blankInts(c.pooled().dims());
    forward(
        new ScalarBackend().kernels(Team.Member.ALONE),
        c,
        rough(5, c.n, c.h, c.w, c.c),
        rough(6, c.k, c.k, c.c, c.o),
        null,
        c.blankPooled(),
        index);
    return index;
  }

  /** What the pool sends back, by scatters. */
  private static Tensor sentBack(Case c, Tensor dy, Tensor y, Tensor index) {
    Kernels scalar = new ScalarBackend().kernels(Team.Member.ALONE);
    Tensor dz = blank(c.n, c.zh(), c.zw(), c.o);
    scalar.scatter(dz.shape().fold(1, 4), dy, index, dz);
    if (c.pool.relu()) {
      Tensor step = blank(c.pooled().dims());
      scalar.map(Unary.STEP, 0, 0, y, step);
      Tensor passed = blank(c.n, c.zh(), c.zw(), c.o);
      scalar.scatter(dz.shape().fold(1, 4), step, index, passed);
      scalar.zip(Binary.MUL, dz, passed, dz);
    }
    return dz;
  }

  private static void gradients(
      Case c, Tensor x, Tensor w, Tensor dz, Tensor dy, Tensor y, Tensor index) {
    checkPooled(
        "dx " + c,
        (k, out) -> k.conv2dData(c.g, dz, w, out[0]),
        (k, out) -> k.conv2dPoolData(c.g, c.pool, dy, y, index, w, out[0]),
        blank(c.n, c.h, c.w, c.c));
    checkPooled(
        "dw " + c,
        (k, out) -> k.conv2dWeights(c.g, x, dz, out[0]),
        (k, out) -> k.conv2dPoolWeights(c.g, c.pool, x, dy, y, index, out[0]),
        blank(c.k, c.k, c.c, c.o));
    checkPooled(
        "db " + c,
        (k, out) -> k.sumColumns(dz.shape().fold(0, 3), dz, out[0]),
        (k, out) -> k.conv2dPoolBias(c.pool, c.zh(), c.zw(), dy, y, index, out[0]),
        blank(c.o));
  }

  @Test
  void noImages() {
    var pool = new Pool(2, 2, 2, 2, true);
    Tensor none = blank(0, 6, 6, 3);
    Tensor dy = blank(0, 2, 2, 5);
    Tensor index = blankInts(0, 2, 2, 5);
    checkPooled(
        "none",
        (k, out) -> k.fill(0, out[0]),
        (k, out) -> k.conv2dPoolWeights(UNIT, pool, none, dy, dy, index, out[0]),
        blank(3, 3, 3, 5));
    checkPooled(
        "none",
        (k, out) -> k.fill(0, out[0]),
        (k, out) -> k.conv2dPoolBias(pool, 4, 4, dy, dy, index, out[0]),
        blank(5));
  }
}
