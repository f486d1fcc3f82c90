package dev.vitrine.xai.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Philox;
import org.junit.jupiter.api.Test;

class BoundsTest {
  /** kl(1, p) = −ln p, so the bound has a closed form. */
  @Test
  void hitsAloneBoundFromBelow() {
    for (int n : new int[] {1, 10, 1000}) {
      double low = StrictMath.exp(-StrictMath.log((n + 1) / 0.05) / n);
      Bounds all = Bounds.of(n, n, 0.05);
      Bounds none = Bounds.of(0, n, 0.05);
      // 40 halvings
      assertEquals(low, all.low(), 1e-12);
      assertEquals(1 - low, none.high(), 1e-12);
      assertEquals(1, all.high());
      assertEquals(0, none.low());
    }
  }

  @Test
  void nothingIsKnownWithoutTries() {
    assertEquals(new Bounds(0, 1), Bounds.of(0, 0, 0.1));
  }

  /** Looking after every try and stopping at the worst moment doesn't break the promise. */
  @Test
  void theyHoldAtAllTimesTogether() {
    double delta = 0.2;
    for (double p : new double[] {0.05, 0.5, 0.95}) {
      int broken = 0;
      for (int run = 0; run < 200; run++) {
        boolean missed = false;
        for (int n = 1, hits = 0; n <= 300 && !missed; n++) {
          hits += Philox.uniform53(Philox.pair(4, run, n, 0, 0, 0)) < p ? 1 : 0;
          double divergence = n * Bounds.kl((double) hits / n, p);
          missed = divergence > StrictMath.log((n + 1) / delta);
        }
        broken += missed ? 1 : 0;
      }
      // δ of 200 runs are 40; Ville's inequality promises no more, and is not tight
      assertTrue(broken <= 40, p + ": " + broken);
    }
  }
}
