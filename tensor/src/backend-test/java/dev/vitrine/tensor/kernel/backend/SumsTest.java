package dev.vitrine.tensor.kernel.backend;

import static dev.vitrine.tensor.kernel.backend.SameBits.blank;
import static dev.vitrine.tensor.kernel.backend.SameBits.blankInts;
import static dev.vitrine.tensor.kernel.backend.SameBits.check;
import static dev.vitrine.tensor.kernel.backend.SameBits.rough;
import static dev.vitrine.tensor.kernel.backend.SameBits.special;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SumsTest {
  private static final int[] SIZES = {
    0, 1, 3, 7, 8, 13, 16, 17, 31, 33, 48, 63, 64, 65, 100, 127, 128, 130, 255, 1000
  };

  private static final int[][] FOLDS = {
    {1, 1, 1},
    {2, 3, 7},
    {1, 13, 8},
    {3, 7, 1},
    {2, 513, 17},
    {1, 1025, 100},
    {5, 31, 255},
    {1, 0, 9},
    {1, 33, 64},
    {1, 600, 130},
    {1, 2100, 37},
    {2, 4100, 5},
    {1, 1, 64},
    {3, 17, 1},
    {4, 100, 1},
    {40, 1000, 1},
    {0, 5, 3},
    {3, 5, 0}
  };

  @Test
  void sumRows() {
    for (int n : SIZES) {
      Tensor x = rough(n, 5, n);
      check("sumRows " + n, (k, out) -> k.sumRows(x, out[0]), blank(5));
      Tensor y = special(n, 50, 5, n);
      check("sumRows " + n, (k, out) -> k.sumRows(y, out[0]), blank(5));
    }
    Tensor x = rough(1, 70, 1000);
    check("sumRows, split", (k, out) -> k.sumRows(x, out[0]), blank(70));
  }

  @Test
  void softmaxAndItsLogarithms() {
    for (int n : SIZES) {
      for (int every : new int[] {1_000_000, 20}) {
        Tensor x = special(n, every, 5, n);
        for (long i = 0; i < x.size(); i++) {
          x.put(i, x.at(i) * 0x1p-8f);
        }
        check("softmax " + n, (k, out) -> k.softmax(x, out[0]), blank(5, n));
        check("logSoftmax " + n, (k, out) -> k.logSoftmax(x, out[0]), blank(5, n));
        check("logSumExp " + n, (k, out) -> k.logSumExp(x, out[0]), blank(5));
      }
    }
    Tensor x = rough(1, 700, 10);
    check("softmax, split", (k, out) -> k.softmax(x, out[0]), blank(700, 10));
    Tensor wide = rough(2, 3, 2500);
    check("softmax, wide", (k, out) -> k.softmax(wide, out[0]), blank(3, 2500));
    check("logSoftmax, wide", (k, out) -> k.logSoftmax(wide, out[0]), blank(3, 2500));
    check("logSumExp, wide", (k, out) -> k.logSumExp(wide, out[0]), blank(3));
    Tensor zeros = Tensor.of(Shape.of(3, 1), -0f, 0f, 5f);
    check("one column", (k, out) -> k.logSoftmax(zeros, out[0]), blank(3, 1));
  }

  @Test
  void alongAnAxis() {
    for (int[] d : FOLDS) {
      Fold f = new Fold(d[0], d[1], d[2]);
      Tensor x = rough(1, d);
      Tensor s = special(2, 30, d);
      String what = Arrays.toString(d);
      check("sum " + what, (k, out) -> k.sumColumns(f, x, out[0]), blank(d[0], d[2]));
      check("sum " + what, (k, out) -> k.sumColumns(f, s, out[0]), blank(d[0], d[2]));
      check("product " + what, (k, out) -> k.product(f, s, out[0]), blank(d[0], d[2]));
      check("others " + what, (k, out) -> k.productOfOthers(f, s, out[0]), blank(d));
      check("cumulative " + what, (k, out) -> k.cumulativeSum(f, false, s, out[0]), blank(d));
      check("cumulative " + what, (k, out) -> k.cumulativeSum(f, true, x, out[0]), blank(d));
    }
  }

  @Test
  void extremaTakeTheFirst() {
    for (int[] d : FOLDS) {
      Fold f = new Fold(d[0], d[1], d[2]);
      Tensor x = special(3, 3, d); // many equals, zeros of both signs, infinities and NaNs
      Tensor infinite = blank(d);
      for (long i = 0; i < infinite.size(); i++) {
        infinite.put(i, i % 2 == 0 ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY);
      }
      for (Tensor t : new Tensor[] {x, infinite, rough(4, d)}) {
        String what = Arrays.toString(d);
        check(
            "max " + what,
            (k, out) -> k.max(f, t, out[0], out[1]),
            blank(d[0], d[2]),
            blankInts(d[0], d[2]));
        check(
            "min " + what,
            (k, out) -> k.min(f, t, out[0], out[1]),
            blank(d[0], d[2]),
            blankInts(d[0], d[2]));
      }
    }
  }
}
