package dev.vitrine.tensor.kernel.backend;

import static dev.vitrine.tensor.kernel.backend.SameBits.blank;
import static dev.vitrine.tensor.kernel.backend.SameBits.check;
import static dev.vitrine.tensor.kernel.backend.SameBits.rough;
import static dev.vitrine.tensor.kernel.backend.SameBits.special;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import org.junit.jupiter.api.Test;

class ProductsTest {
  private static final int[][] SIZES = {
    {1, 1, 1},
    {3, 7, 5},
    {8, 13, 16},
    {17, 31, 33},
    {7, 0, 3},
    {2, 3, 64},
    {6, 100, 64},
    {13, 16, 128},
    {33, 513, 31},
    {5, 1030, 10},
    {1, 255, 100},
    {100, 8, 255},
    {64, 64, 65},
    {5, 1030, 130},
    {130, 1030, 70}
  };

  @Test
  void matmulOfAllShapesAndTranspositions() {
    for (int[] s : SIZES) {
      for (int mode = 0; mode < 8; mode++) {
        boolean ta = (mode & 1) != 0;
        boolean tb = (mode & 2) != 0;
        Tensor a = ta ? rough(1, s[1], s[0]) : rough(1, s[0], s[1]);
        Tensor b = tb ? rough(2, s[2], s[1]) : rough(2, s[1], s[2]);
        Tensor bias = (mode & 4) != 0 ? rough(3, s[2]) : null;
        check(
            "matmul %d x %d x %d, %s %s".formatted(s[0], s[1], s[2], ta, tb),
            (k, out) -> k.matmul(ta, tb, a, b, bias, out[0]),
            blank(s[0], s[2]));
      }
    }
  }

  @Test
  void matmulPassesSpecialValuesOn() {
    Tensor a = special(1, 40, 13, 31);
    Tensor b = special(2, 40, 31, 33);
    check("special", (k, out) -> k.matmul(false, false, a, b, null, out[0]), blank(13, 33));
    Tensor at = special(1, 40, 31, 13);
    Tensor bt = special(2, 40, 33, 31);
    check("special", (k, out) -> k.matmul(true, true, at, bt, null, out[0]), blank(13, 33));
  }

  @Test
  void leadingAxesStretch() {
    Tensor a = rough(1, 3, 1, 5, 7);
    Tensor b = rough(2, 2, 7, 9);
    check("batched", (k, out) -> k.matmul(false, false, a, b, null, out[0]), blank(3, 2, 5, 9));
    Tensor c = rough(3, 4, 40, 33);
    Tensor d = rough(4, 33, 50);
    check("one B", (k, out) -> k.matmul(false, false, c, d, null, out[0]), blank(4, 40, 50));
  }

  /** n, h, w, c, kh, kw, o, and the window. */
  private record Case(int n, int h, int w, int c, int kh, int kw, int o, Window g) {
    Tensor x() {
      return rough(1, n, h, w, c);
    }

    Tensor weights() {
      return rough(2, kh, kw, c / g.groups(), o);
    }

    int outH() {
      return g.outH(h, kh);
    }

    int outW() {
      return g.outW(w, kw);
    }
  }

  private static final Window UNIT = Window.UNIT;

  private static final Case[] CASES = {
    new Case(1, 3, 3, 1, 3, 3, 1, UNIT),
    new Case(2, 8, 9, 1, 3, 3, 32, UNIT),
    new Case(2, 7, 8, 3, 3, 2, 13, UNIT),
    new Case(2, 7, 8, 3, 3, 3, 5, UNIT.padding(1, 1)),
    new Case(1, 5, 13, 16, 3, 3, 17, UNIT.padding(2, 0)),
    new Case(2, 5, 6, 33, 3, 3, 7, UNIT.padding(0, 2)),
    new Case(2, 9, 8, 4, 3, 3, 8, UNIT.stride(2, 2)),
    new Case(1, 10, 11, 5, 5, 4, 6, UNIT.stride(3, 2).padding(2, 1)),
    new Case(1, 11, 12, 3, 3, 3, 4, UNIT.dilation(2, 3).padding(1, 2)),
    new Case(1, 9, 9, 6, 3, 3, 9, UNIT.groups(3).padding(1, 1)),
    new Case(2, 6, 6, 8, 3, 3, 8, UNIT.groups(8).padding(1, 1)),
    new Case(1, 8, 9, 4, 3, 2, 6, UNIT.stride(2, 3).dilation(3, 2).padding(3, 2).groups(2)),
    new Case(1, 4, 5, 64, 1, 1, 31, UNIT),
    new Case(3, 5, 7, 64, 1, 1, 70, UNIT),
    new Case(2, 6, 5, 34, 1, 1, 36, UNIT.groups(2)),
    new Case(1, 5, 5, 100, 3, 3, 3, UNIT.padding(1, 1)),
    new Case(1, 3, 4, 513, 2, 2, 3, UNIT.padding(1, 0)),
    new Case(1, 3, 4, 3, 2, 2, 513, UNIT),
    new Case(1, 2, 600, 2, 1, 3, 3, UNIT.padding(0, 1)),
    new Case(3, 20, 30, 1, 3, 3, 2, UNIT),
    new Case(1, 2, 2, 2, 4, 4, 3, UNIT.padding(3, 3)),
    new Case(1, 4, 4, 2, 1, 1, 3, UNIT.stride(3, 3).padding(2, 2)),
    new Case(2, 17, 16, 8, 3, 3, 16, UNIT),
    new Case(3, 9, 30, 1, 3, 3, 64, UNIT),
    new Case(2, 9, 30, 1, 3, 3, 40, UNIT.stride(2, 2).dilation(2, 1)),
    new Case(2, 13, 13, 32, 3, 3, 100, UNIT),
    new Case(5, 6, 13, 64, 3, 3, 48, UNIT.padding(1, 1)),
    new Case(1, 1, 1, 3, 5, 5, 3, UNIT.padding(2, 2))
  };

  /** Few input channels: rows of dx that fill vectors of pixels, one too few and one too many. */
  private static final Case[] FEW_CHANNELS = {
    new Case(2, 28, 28, 1, 3, 3, 32, UNIT),
    new Case(3, 7, 1, 1, 3, 1, 8, UNIT.padding(1, 0)),
    new Case(2, 9, 5, 2, 3, 3, 12, UNIT.padding(1, 1)),
    new Case(2, 6, 15, 3, 2, 3, 7, UNIT.padding(0, 2)),
    new Case(1, 11, 16, 5, 5, 5, 16, UNIT.padding(2, 2)),
    new Case(2, 5, 17, 8, 3, 3, 20, UNIT.padding(1, 1)),
    new Case(2, 4, 28, 3, 1, 1, 16, UNIT),
    new Case(1, 9, 33, 3, 3, 3, 64, UNIT.padding(1, 1)),
    new Case(1, 13, 33, 1, 7, 7, 40, UNIT.padding(3, 3)),
    new Case(1, 6, 50, 2, 3, 4, 100, UNIT.padding(2, 1)),
    new Case(1, 4, 17, 1, 2, 2, 513, UNIT.padding(1, 1)),
    new Case(1, 5, 28, 2, 3, 1, 1030, UNIT.padding(1, 0)),
    new Case(2, 15, 33, 3, 7, 7, 16, UNIT.stride(2, 2).padding(3, 3)),
    new Case(1, 12, 50, 1, 4, 5, 24, UNIT.stride(3, 2).padding(1, 2)),
    new Case(1, 14, 28, 2, 3, 3, 9, UNIT.dilation(3, 2).padding(3, 2)),
    new Case(1, 13, 50, 1, 4, 3, 80, UNIT.stride(3, 2).dilation(2, 3).padding(4, 3)),
    new Case(2, 8, 28, 6, 3, 3, 24, UNIT.groups(3).padding(1, 1)),
    new Case(1, 9, 33, 4, 3, 3, 44, UNIT.stride(1, 2).groups(4).padding(2, 1)),
    new Case(1, 40, 70, 3, 3, 3, 16, UNIT.padding(1, 1)),
    new Case(1, 3, 400, 5, 3, 3, 8, UNIT.padding(1, 1))
  };

  @Test
  void convolution() {
    for (Case c : CASES) {
      Tensor bias = c.h % 2 == 0 ? rough(3, c.o) : null;
      Tensor x = c.x();
      Tensor w = c.weights();
      check(
          "conv2d " + c,
          (k, out) -> k.conv2d(c.g, x, w, bias, out[0]),
          blank(c.n, c.outH(), c.outW(), c.o));
    }
  }

  @Test
  void convolutionTowardsItsInput() {
    for (Case c : CASES) {
      Tensor dy = rough(4, c.n, c.outH(), c.outW(), c.o);
      Tensor w = c.weights();
      check(
          "conv2dData " + c,
          (k, out) -> k.conv2dData(c.g, dy, w, out[0]),
          blank(c.n, c.h, c.w, c.c));
    }
  }

  @Test
  void convolutionTowardsFewChannels() {
    for (Case c : FEW_CHANNELS) {
      Tensor w = c.weights();
      Tensor dy = rough(4, c.n, c.outH(), c.outW(), c.o);
      // Rare enough that some pixels see none.
      Tensor specialW = special(2, 700, c.kh, c.kw, c.c / c.g.groups(), c.o);
      Tensor specialDy = special(4, 700, c.n, c.outH(), c.outW(), c.o);
      check(
          "conv2dData " + c,
          (k, out) -> k.conv2dData(c.g, dy, w, out[0]),
          blank(c.n, c.h, c.w, c.c));
      check(
          "conv2dData, special dy, " + c,
          (k, out) -> k.conv2dData(c.g, specialDy, w, out[0]),
          blank(c.n, c.h, c.w, c.c));
      check(
          "conv2dData, special w, " + c,
          (k, out) -> k.conv2dData(c.g, dy, specialW, out[0]),
          blank(c.n, c.h, c.w, c.c));
    }
  }

  @Test
  void convolutionTowardsItsWeights() {
    for (Case c : CASES) {
      Tensor dy = rough(4, c.n, c.outH(), c.outW(), c.o);
      Tensor x = c.x();
      check(
          "conv2dWeights " + c,
          (k, out) -> k.conv2dWeights(c.g, x, dy, out[0]),
          blank(c.kh, c.kw, c.c / c.g.groups(), c.o));
    }
  }

  @Test
  void paddingMeetsSpecialValues() {
    Tensor x = special(1, 20, 2, 6, 7, 3);
    Tensor w = special(2, 20, 3, 3, 3, 9);
    Tensor dy = special(3, 20, 2, 6, 7, 9);
    Window g = UNIT.padding(1, 1);
    check("special", (k, out) -> k.conv2d(g, x, w, null, out[0]), blank(2, 6, 7, 9));
    check("special", (k, out) -> k.conv2dData(g, dy, w, out[0]), blank(2, 6, 7, 3));
    check("special", (k, out) -> k.conv2dWeights(g, x, dy, out[0]), blank(3, 3, 3, 9));
  }
}
