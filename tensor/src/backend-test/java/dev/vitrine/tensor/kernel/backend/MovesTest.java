package dev.vitrine.tensor.kernel.backend;

import static dev.vitrine.tensor.kernel.backend.SameBits.blank;
import static dev.vitrine.tensor.kernel.backend.SameBits.blankInts;
import static dev.vitrine.tensor.kernel.backend.SameBits.check;
import static dev.vitrine.tensor.kernel.backend.SameBits.rough;
import static dev.vitrine.tensor.kernel.backend.SameBits.special;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Draw;
import dev.vitrine.tensor.kernel.Fold;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MovesTest {
  @Test
  void sliceAndPaste() {
    for (int inner : new int[] {1, 7, 33, 2000}) {
      Fold f = new Fold(3, 11, inner);
      Tensor x = special(1, 5, 3, 11, inner);
      Tensor part = rough(2, 3, 4, inner);
      check("slice", (k, out) -> k.slice(f, 1, 3, x, out[0]), blank(3, 4, inner));
      check("backwards", (k, out) -> k.slice(f, 10, -2, x, out[0]), blank(3, 4, inner));
      check("paste", (k, out) -> k.paste(f, 1, 3, part, out[0]), blank(3, 11, inner));
      check("backwards", (k, out) -> k.paste(f, 10, -2, part, out[0]), blank(3, 11, inner));
    }
    Tensor ints = Tensor.of(Shape.of(4), new int[] {0x7f800001, 2, 3, 4});
    check("ints", (k, out) -> k.slice(new Fold(1, 4, 1), 0, 1, ints, out[0]), blankInts(4));
  }

  @Test
  void permute() {
    Tensor x = special(1, 5, 3, 4, 5, 6);
    int[] axes = {2, 0, 3, 1};
    check("permute", (k, out) -> k.permute(axes, x, out[0]), blank(5, 3, 6, 4));
  }

  @Test
  void neighboursStayTogether() {
    Fold f = new Fold(3, 11, 1100);
    Tensor x = special(1, 5, 3, 11, 1100);
    Tensor part = rough(2, 3, 4, 1100);
    check("slice", (k, out) -> k.slice(f, 5, 1, x, out[0]), blank(3, 4, 1100));
    check("paste", (k, out) -> k.paste(f, 5, 1, part, out[0]), blank(3, 11, 1100));
    check("nothing", (k, out) -> k.slice(f, 5, 1, x, out[0]), blank(3, 0, 1100));
  }

  @Test
  void permuteManyWays() {
    int[][] extents = {
      {40, 50}, {3, 1000}, {1000, 3}, {2, 17, 33, 3}, {2, 3, 17, 33}, {4, 1, 5, 16, 1, 9},
      {8, 8, 8}, {5}, {1, 1}, {3, 0, 2}, {2, 2, 2, 2, 2, 2, 2}, {70, 31, 32}
    };
    var random = new Random(3);
    for (int[] dims : extents) {
      Tensor x = special(1, 5, dims);
      for (int round = 0; round < 8; round++) {
        int[] axes = shuffled(random, dims.length);
        int[] to = new int[dims.length];
        for (int k = 0; k < to.length; k++) {
          to[k] = dims[axes[k]];
        }
        String what = Arrays.toString(dims) + " by " + Arrays.toString(axes);
        check(what, (k, out) -> k.permute(axes, x, out[0]), blank(to));
      }
    }
    Tensor one = Tensor.of(Shape.SCALAR, 3f);
    check("scalar", (k, out) -> k.permute(new int[0], one, out[0]), blank());
  }

  private static int[] shuffled(Random random, int n) {
    int[] p = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      p[i] = p[j];
      p[j] = i;
    }
    return p;
  }

  @Test
  void scatterOfAPool() {
    var random = new Random(5);
    Fold f = new Fold(6, 3000, 1);
    Tensor dy = special(2, 9, 6, 1500);
    Tensor index = blankInts(6, 1500);
    for (long i = 0; i < index.size(); i++) {
      index.putInt(i, random.nextInt(3000));
    }
    check("scatter", (k, out) -> k.scatter(f, dy, index, out[0]), blank(6, 3000));
    check("gather", (k, out) -> k.gather(f, out[0], index, out[1]), blank(6, 3000), blank(6, 1500));
    Fold wide = new Fold(1, 9, 700);
    Tensor rows = indices(random, 60);
    Tensor terms = rough(3, 1, 60, 700);
    check("rows", (k, out) -> k.scatter(wide, terms, rows, out[0]), blank(1, 9, 700));
    Tensor each = indices(random, 1, 60, 700);
    check("elements", (k, out) -> k.scatter(wide, terms, each, out[0]), blank(1, 9, 700));
    Tensor none = indices(random, 0);
    check("none", (k, out) -> k.scatter(wide, blank(1, 0, 700), none, out[0]), blank(1, 9, 700));
    check("none", (k, out) -> k.gather(wide, terms, none, out[0]), blank(1, 0, 700));
  }

  @Test
  void gatherAndScatter() {
    var random = new Random(1);
    for (int inner : new int[] {1, 5, 33, 500}) {
      Fold f = new Fold(4, 9, inner);
      Tensor x = rough(1, 4, 9, inner);
      Tensor dy = rough(2, 4, 20, inner);
      Tensor shared = indices(random, 20);
      Tensor rows = indices(random, 2, 20, inner);
      for (Tensor index : new Tensor[] {shared, rows}) {
        check("gather", (k, out) -> k.gather(f, x, index, out[0]), blank(4, 20, inner));
        check("scatter", (k, out) -> k.scatter(f, dy, index, out[0]), blank(4, 9, inner));
      }
    }
  }

  private static Tensor indices(Random random, int... dims) {
    Tensor t = blankInts(dims);
    for (long i = 0; i < t.size(); i++) {
      t.putInt(i, random.nextInt(9));
    }
    return t;
  }

  @Test
  void random() {
    Tensor clock = Tensor.of(Shape.of(2), new int[] {3, 11});
    for (Draw draw : Draw.values()) {
      check("" + draw, (k, out) -> k.random(draw, 42, 1, 0.3f, clock, out[0]), blank(7, 33));
    }
  }

  @Test
  void randomRowsOfAllLengths() {
    Tensor clock = Tensor.of(Shape.of(2), new int[] {-3, Integer.MAX_VALUE - 2});
    int[][] shapes = {
      {}, {1}, {50}, {0}, {3, 0}, {9, 2}, {5, 5}, {3, 15, 2}, {2, 32}, {4, 67}, {20, 1000}, {1, 9999}
    };
    for (int[] shape : shapes) {
      for (Draw draw : Draw.values()) {
        for (float p : new float[] {0f, 0.5f, 1f}) {
          String what = draw + " " + Arrays.toString(shape);
          long seed = 0x9abcdef012345678L;
          check(what, (k, out) -> k.random(draw, seed, -1, p, clock, out[0]), blank(shape));
        }
      }
    }
  }
}
