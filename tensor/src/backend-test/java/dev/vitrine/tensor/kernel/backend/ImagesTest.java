package dev.vitrine.tensor.kernel.backend;

import static dev.vitrine.tensor.kernel.backend.SameBits.blank;
import static dev.vitrine.tensor.kernel.backend.SameBits.blankInts;
import static dev.vitrine.tensor.kernel.backend.SameBits.check;
import static dev.vitrine.tensor.kernel.backend.SameBits.special;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.tensor.kernel.Window;
import org.junit.jupiter.api.Test;

class ImagesTest {
  /** n, h, w, c, kh, kw, and the window. */
  private record Case(int n, int h, int w, int c, int kh, int kw, Window g) {
    int[] out() {
      return new int[] {n, g.outH(h, kh), g.outW(w, kw), c};
    }
  }

  private static final Window UNIT = Window.UNIT;

  private static final Case[] CASES = {
    new Case(1, 1, 1, 1, 1, 1, UNIT),
    new Case(2, 8, 6, 32, 2, 2, UNIT.stride(2, 2)),
    new Case(2, 7, 9, 13, 3, 2, UNIT.stride(2, 1)),
    new Case(1, 7, 9, 17, 3, 3, UNIT.stride(2, 2).padding(1, 1)),
    new Case(1, 9, 8, 33, 2, 3, UNIT.dilation(3, 2).padding(1, 1)),
    new Case(1, 3, 3, 5, 2, 2, UNIT.stride(4, 4).padding(3, 3)), // some windows see padding only
    new Case(2, 30, 31, 31, 2, 2, UNIT.stride(2, 2)),
    new Case(1, 20, 22, 64, 2, 2, UNIT.stride(2, 2)),
    new Case(3, 9, 7, 1, 2, 2, UNIT.stride(2, 2)),
    new Case(2, 6, 5, 3, 3, 3, UNIT.padding(1, 1)),
    new Case(1, 5, 6, 64, 5, 6, UNIT), // the whole image
    new Case(1, 4, 4, 100, 3, 2, UNIT.stride(1, 2).padding(2, 1).dilation(2, 3)),
    new Case(2, 5, 4, 7, 1, 1, UNIT.stride(3, 2)), // pixels that no window sees
    new Case(0, 4, 4, 8, 2, 2, UNIT.stride(2, 2)),
    new Case(2, 4, 4, 0, 2, 2, UNIT.stride(2, 2))
  };

  @Test
  void pools() {
    for (Case c : CASES) {
      Tensor x = special(1, 6, c.n, c.h, c.w, c.c);
      check(
          "maxPool2d " + c,
          (k, out) -> k.maxPool2d(c.g, c.kh, c.kw, x, out[0], out[1]),
          blank(c.out()),
          blankInts(c.out()));
      for (boolean countPad : new boolean[] {false, true}) {
        check(
            "avgPool2d " + c,
            (k, out) -> k.avgPool2d(c.g, c.kh, c.kw, countPad, x, out[0]),
            blank(c.out()));
        Tensor dy = special(2, 100, c.out());
        check(
            "avgPool2dData " + c,
            (k, out) -> k.avgPool2dData(c.g, c.kh, c.kw, countPad, dy, out[0]),
            blank(c.n, c.h, c.w, c.c));
      }
    }
  }

  @Test
  void poolsTakeTheFirstOfEquals() {
    for (Case c : CASES) {
      Tensor x = special(3, 3, c.n, c.h, c.w, c.c);
      for (long i = 0; i < x.size(); i++) {
        x.put(i, Math.abs(x.at(i)) < 1000 ? 2f : x.at(i));
      }
      Tensor infinite = blank(c.n, c.h, c.w, c.c);
      for (long i = 0; i < infinite.size(); i++) {
        infinite.put(i, Float.NEGATIVE_INFINITY);
      }
      for (Tensor t : new Tensor[] {x, infinite}) {
        check(
            "maxPool2d " + c,
            (k, out) -> k.maxPool2d(c.g, c.kh, c.kw, t, out[0], out[1]),
            blank(c.out()),
            blankInts(c.out()));
      }
    }
  }

  /** Heights and widths before and after, and channels. */
  private static final int[][] RESIZED = {
    {1, 1, 1, 1, 1},
    {7, 7, 40, 53, 1},
    {5, 7, 8, 4, 3},
    {9, 8, 3, 1, 17},
    {1, 6, 4, 1, 8},
    {6, 5, 11, 17, 33},
    {4, 4, 4, 4, 64},
    {3, 3, 0, 5, 2},
    {3, 3, 5, 5, 0}
  };

  @Test
  void resizing() {
    for (int[] d : RESIZED) {
      for (Interpolation mode : Interpolation.values()) {
        Tensor x = special(1, 50, 3, d[0], d[1], d[4]);
        Tensor dy = special(2, 50, 3, d[2], d[3], d[4]);
        check(
            "interpolate " + mode,
            (k, out) -> k.interpolate(mode, x, out[0]),
            blank(3, d[2], d[3], d[4]));
        check(
            "interpolateData " + mode,
            (k, out) -> k.interpolateData(mode, dy, out[0]),
            blank(3, d[0], d[1], d[4]));
      }
    }
  }

  @Test
  void interpolation() {
    for (Interpolation mode : Interpolation.values()) {
      Tensor x = special(1, 50, 2, 5, 7, 3);
      check("interpolate", (k, out) -> k.interpolate(mode, x, out[0]), blank(2, 8, 4, 3));
      Tensor dy = special(1, 50, 2, 8, 4, 3);
      check("interpolateData", (k, out) -> k.interpolateData(mode, dy, out[0]), blank(2, 5, 7, 3));
    }
  }
}
