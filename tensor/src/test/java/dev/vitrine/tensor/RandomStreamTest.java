package dev.vitrine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RandomStreamTest {
  private static final int N = 1 << 15;

  @Test
  void theSameNamesGiveTheSameSequenceAndOthersAnother() {
    var a = new RandomStream(5, 1, 2);
    var b = new RandomStream(5, 1, 2);
    var c = new RandomStream(5, 1, 3);
    for (int i = 0; i < 10; i++) {
      double u = a.uniform();
      assertEquals(u, b.uniform());
      assertNotEquals(u, c.uniform());
    }
  }

  @Test
  void aDrawOfOneKindAdvancesLikeADrawOfAnother() {
    var a = new RandomStream(5, 1, 2);
    var b = new RandomStream(5, 1, 2);
    a.normal();
    a.below(3);
    b.uniform();
    b.uniform();
    assertEquals(a.uniform(), b.uniform());
  }

  @Test
  void uniformsNormalsAndWholeNumbersHaveTheirMoments() {
    var r = new RandomStream(11, 0, 0);
    double uniform = 0;
    double normal = 0;
    double square = 0;
    double whole = 0;
    for (int i = 0; i < N; i++) {
      double u = r.uniform();
      double z = r.normal();
      int k = r.below(10);
      assertTrue(u >= 0 && u < 1 && k >= 0 && k < 10);
      uniform += u / N;
      normal += z / N;
      square += z * z / N;
      whole += (double) k / N;
    }
    // Four standard errors over √n = 181: deviations are √(1/12), 1, √2, √8.25.
    assertEquals(0.5, uniform, 4 * 0.289 / 181);
    assertEquals(0, normal, 4 * 1.0 / 181);
    assertEquals(1, square, 4 * 1.415 / 181);
    assertEquals(4.5, whole, 4 * 2.873 / 181);
  }

  /** Recorded once from this implementation: a change here changes every result drawn so far. */
  @Test
  void valuesNeverChange() {
    var r = new RandomStream(7, 1, 0);
    assertEquals(0x1.c7ab79cb5a988p-2, r.uniform());
    assertEquals(-0x1.32a4ef15f3e5fp-2, r.normal());
    assertEquals(11, r.below(1000));
  }

  @Test
  void aBoundOfZeroIsRefused() {
    var r = new RandomStream(1, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> r.below(0));
  }
}
