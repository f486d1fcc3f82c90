package dev.vitrine.tensor.kernel.backend;

import static dev.vitrine.tensor.kernel.backend.SameBits.blank;
import static dev.vitrine.tensor.kernel.backend.SameBits.blankInts;
import static dev.vitrine.tensor.kernel.backend.SameBits.check;
import static dev.vitrine.tensor.kernel.backend.SameBits.rough;
import static dev.vitrine.tensor.kernel.backend.SameBits.special;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Unary;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementwiseTest {
  private static final int[] SIZES = {1, 3, 7, 8, 13, 16, 17, 31, 33, 100, 255};

  @ParameterizedTest
  @EnumSource(Unary.class)
  void map(Unary f) {
    for (int n : SIZES) {
      Tensor x = special(n, 4, n);
      Tensor small = scaled(x, 0x1p-11f);
      check(f + " " + n, (k, out) -> k.map(f, 0.3f, 1.7f, x, out[0]), blank(n));
      check(f + " " + n, (k, out) -> k.map(f, -0.5f, 0.25f, small, out[0]), blank(n));
    }
  }

  @Test
  void manyElementsAreSplit() {
    Tensor x = special(1, 9, 100_003);
    check("relu", (k, out) -> k.map(Unary.RELU, 0, 0, x, out[0]), blank(100_003));
    check("in place", (k, out) -> k.map(Unary.NEGATE, 0, 0, out[0], out[0]), x);
    check("fill", (k, out) -> k.fill(1.5f, out[0]), blank(100_003));
    check("copy", (k, out) -> k.copy(x, out[0]), blank(100_003));
    check("zip", (k, out) -> k.zip(Binary.ADD, x, x, out[0]), blank(100_003));
  }

  private static Tensor scaled(Tensor x, float by) {
    Tensor y = x.copy();
    for (long i = 0; i < y.size(); i++) {
      y.put(i, x.at(i) * by);
    }
    return y;
  }

  private static final int[][][] STRETCHES = {
    {{}, {}},
    {{1}, {1}},
    {{13}, {13}},
    {{255}, {}},
    {{}, {33}},
    {{7, 10}, {10}},
    {{10}, {300, 10}},
    {{31, 17}, {31, 1}},
    {{31, 1}, {1, 17}},
    {{2, 1, 5, 3}, {4, 1, 3}},
    {{3, 1}, {3, 2500}},
    {{2500}, {3, 2500}},
    {{2, 3, 4}, {2, 1, 1}},
    {{5, 1}, {1}},
    {{300, 120}, {120}},
    {{0, 3}, {3}},
    {{5, 0}, {1, 1}},
    {{3, 1, 2, 5, 1, 3}, {3, 4, 1, 5, 7, 1}},
    {{2, 1, 3, 1, 2, 1, 3}, {1, 2, 1, 2, 1, 2, 1}},
    {{4, 700, 3}, {4, 1, 3}},
    {{3, 1, 200}, {3, 9, 1}}
  };

  @ParameterizedTest
  @EnumSource(Binary.class)
  void zip(Binary f) {
    for (int[][] s : STRETCHES) {
      Tensor a = special(1, 5, s[0]);
      Tensor b = special(2, 5, s[1]);
      int[] y = Shape.broadcast(a.shape(), b.shape()).dims();
      String what = f + Arrays.deepToString(s);
      check(what, (k, out) -> k.zip(f, a, b, out[0]), blank(y));
      check(what, (k, out) -> k.zip(f, b, a, out[0]), blank(y));
    }
  }

  @Test
  void zipOverAnOperand() {
    Tensor b = rough(2, 33);
    check("a = a + b", (k, out) -> k.zip(Binary.ADD, out[0], b, out[0]), rough(1, 40, 33));
    Tensor c = rough(3, 40, 33);
    check("a = c − a", (k, out) -> k.zip(Binary.SUB, c, out[0], out[0]), rough(1, 40, 33));
  }

  @Test
  void selectAndBroadcast() {
    for (int[][] s : STRETCHES) {
      Tensor c = special(1, 2, s[0]);
      Tensor a = special(2, 5, s[1]);
      Tensor b = special(3, 5, 1);
      int[] y = Shape.broadcast(c.shape(), a.shape()).dims();
      String what = Arrays.deepToString(s);
      check(what, (k, out) -> k.select(c, a, b, out[0]), blank(y));
      check(what, (k, out) -> k.select(a, b, c, out[0]), blank(y));
      check(what, (k, out) -> k.broadcast(c, out[0]), blank(y));
      check(what, (k, out) -> k.broadcast(a, out[0]), blank(y));
    }
  }

  @Test
  void integersMoveBitByBit() {
    Tensor x =
        Tensor.of(Shape.of(3, 1), new int[] {0x7f800001, -1, 5}); // the first looks like a NaN
    check("broadcast", (k, out) -> k.broadcast(x, out[0]), blankInts(3, 19));
    check("copy", (k, out) -> k.copy(x, out[0]), blankInts(3));
    Tensor c = Tensor.of(Shape.of(3, 1), 1, 0, 1);
    Tensor b = Tensor.of(Shape.of(7), new int[] {1, 2, 3, 4, 5, 0x7f800001, 7});
    check("select", (k, out) -> k.select(c, x, b, out[0]), blankInts(3, 7));
  }
}
