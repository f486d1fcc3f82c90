package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import org.junit.jupiter.api.Test;

class MovesTest {
  @Test
  void permutesAnyRank() {
    Tensor x = Samples.normal(1, 2, 3, 4, 5);
    Tensor y = Samples.blank(4, 2, 5, 3);
    KERNELS.permute(new int[] {2, 0, 3, 1}, x, y);
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 3; b++) {
        for (int c = 0; c < 4; c++) {
          for (int d = 0; d < 5; d++) {
            assertEquals(x.at(((a * 3 + b) * 4 + c) * 5 + d), y.at(((c * 2 + a) * 5 + d) * 3 + b));
          }
        }
      }
    }
    Tensor scalar = Samples.blank();
    KERNELS.permute(new int[0], Tensor.of(Shape.SCALAR, 7f), scalar);
    assertEquals(7, scalar.item());
  }

  @Test
  void slicesForwardsAndBackwards() {
    Tensor x = Tensor.of(Shape.of(5, 2), new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    Tensor y = Samples.blankInts(2, 2);
    KERNELS.slice(new Fold(1, 5, 2), 1, 2, x, y);
    assertArrayEquals(new int[] {2, 3, 6, 7}, y.toInts());
    KERNELS.slice(new Fold(1, 5, 2), 4, -3, x, y);
    assertArrayEquals(new int[] {8, 9, 2, 3}, y.toInts());
    Tensor flipped = Samples.blankInts(5, 2);
    KERNELS.slice(new Fold(5, 2, 1), 1, -1, x, flipped);
    assertArrayEquals(new int[] {1, 0, 3, 2, 5, 4, 7, 6, 9, 8}, flipped.toInts());
  }

  @Test
  void pasteIsSliceTheOtherWayAndKeepsTheRest() {
    Tensor y = Samples.floats(0, 1, 2, 3, 4, 5);
    KERNELS.paste(new Fold(1, 6, 1), 4, -2, Samples.floats(10, 20), y);
    assertArrayEquals(new float[] {0, 1, 20, 3, 10, 5}, y.toFloats());
    Tensor back = Samples.blank(2);
    KERNELS.slice(new Fold(1, 6, 1), 4, -2, y, back);
    assertArrayEquals(new float[] {10, 20}, back.toFloats());
  }

  @Test
  void gathersWithSharedIndices() {
    Tensor x = Tensor.of(Shape.of(2, 3, 2), 0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    Tensor y = Samples.blank(2, 2, 2);
    KERNELS.gather(new Fold(2, 3, 2), x, Samples.ints(2, 0), y);
    assertArrayEquals(new float[] {4, 5, 0, 1, 10, 11, 6, 7}, y.toFloats());
  }

  @Test
  void rowsOfIndicesRepeat() {
    Tensor x = Tensor.of(Shape.of(4, 3), 0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    Tensor index = Tensor.of(Shape.of(2, 2), new int[] {0, 2, 1, 1});
    Tensor y = Samples.blank(4, 2);
    KERNELS.gather(new Fold(4, 3, 1), x, index, y);
    assertArrayEquals(new float[] {0, 2, 4, 4, 6, 8, 10, 10}, y.toFloats());
    Tensor dx = Samples.blank(4, 3);
    KERNELS.scatter(new Fold(4, 3, 1), y, index, dx);
    assertArrayEquals(new float[] {0, 0, 2, 0, 8, 0, 6, 0, 8, 0, 20, 0}, dx.toFloats());
  }

  @Test
  void indicesMayDifferBehindTheAxis() {
    Tensor x = Tensor.of(Shape.of(1, 3, 2), 0f, 1, 2, 3, 4, 5);
    Tensor index = Tensor.of(Shape.of(1, 1, 2), new int[] {2, 1});
    Tensor y = Samples.blank(1, 1, 2);
    KERNELS.gather(new Fold(1, 3, 2), x, index, y);
    assertArrayEquals(new float[] {4, 3}, y.toFloats());
  }

  @Test
  void scatterAddsInAscendingOrder() {
    Tensor dx = Samples.blank(2);
    Tensor dy = Samples.floats(1e8f, 3, -1e8f, 3);
    KERNELS.scatter(new Fold(1, 2, 1), dy, Samples.ints(1, 1, 1, 1), dx);
    assertArrayEquals(new float[] {0, (((0f + 1e8f) + 3) + -1e8f) + 3}, dx.toFloats());
  }

  @Test
  void anIndexOutsideIsRefused() {
    var f = new Fold(1, 3, 1);
    Tensor x = Samples.floats(1, 2, 3);
    Tensor y = Samples.blank(1);
    Tensor index = Samples.ints(3);
    assertThrows(IndexOutOfBoundsException.class, () -> KERNELS.gather(f, x, index, y));
  }
}
