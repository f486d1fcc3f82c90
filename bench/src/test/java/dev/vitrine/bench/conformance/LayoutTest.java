package dev.vitrine.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayoutTest {
  @Test
  void channelsGoLast() {
    // one image, two channels of 1 × 3 pixels
    Numbers x = Layout.IMAGE.toEngine(Numbers.of(Shape.of(1, 2, 1, 3), 1, 2, 3, 10, 20, 30));
    assertEquals(Shape.of(1, 1, 3, 2), x.shape());
    assertArrayEquals(new double[] {1, 10, 2, 20, 3, 30}, x.values());
  }

  @Test
  void kernelsBecomeHwio() {
    // element [o, i, kh, kw] moves to [kh, kw, i, o]
    Numbers w = Layout.KERNEL.toEngine(counted(Shape.of(2, 3, 4, 5)));
    assertEquals(Shape.of(4, 5, 3, 2), w.shape());
    assertEquals(((1 * 3 + 2) * 4 + 3) * 5 + 1, w.values()[((3 * 5 + 1) * 3 + 2) * 2 + 1]);
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void thereAndBackIsTheSame(Layout layout) {
    for (Shape s : new Shape[] {Shape.SCALAR, Shape.of(7), Shape.of(3, 5), Shape.of(2, 3, 4, 5)}) {
      Numbers x = counted(s);
      Numbers back = layout.toGolden(layout.toEngine(x));
      assertEquals(s, back.shape());
      assertArrayEquals(x.values(), back.values());
    }
  }

  @Test
  void imagesOfOtherRanksStay() {
    Numbers x = counted(Shape.of(2, 3));
    assertSame(x, Layout.IMAGE.toEngine(x));
  }

  private static Numbers counted(Shape s) {
    double[] values = new double[(int) s.size()];
    Arrays.setAll(values, i -> i);
    return Numbers.of(s, values);
  }
}
