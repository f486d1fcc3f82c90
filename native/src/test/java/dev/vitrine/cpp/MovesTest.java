package dev.vitrine.cpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import org.junit.jupiter.api.Test;

class MovesTest {
  @Test
  void anIndexOutsideTouchesNothing() {
    var backend = new CppBackend();
    assumeTrue(backend.unavailable() == null, () -> "cpp: " + backend.unavailable());
    Kernels k = backend.kernels(Team.Member.ALONE);
    Fold f = new Fold(1, 3, 2);
    Tensor x = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    Tensor y = Tensor.of(Shape.of(2, 2), 7, 7, 7, 7);
    for (int wrong : new int[] {3, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      Tensor index = Tensor.of(Shape.of(2), new int[] {2, wrong});
      var e = assertThrows(IndexOutOfBoundsException.class, () -> k.gather(f, x, index, y));
      assertEquals("index[1] is " + wrong + ": the axis has 3 elements", e.getMessage());
      assertThrows(IndexOutOfBoundsException.class, () -> k.scatter(f, y, index, x));
    }
    assertEquals(7, y.at(0));
    assertEquals(6, x.at(5));
  }
}
