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
}
