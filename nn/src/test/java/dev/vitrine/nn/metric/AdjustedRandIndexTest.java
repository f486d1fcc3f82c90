package dev.vitrine.nn.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class AdjustedRandIndexTest {
  private static int[] random(int n, int parts, int stream) {
    var random = new RandomStream(3, stream, 0);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.below(parts);
    }
    return labels;
  }

  @Test
  void isTheShareOfPairsThatAgreeBeyondChance() {
    for (int parts = 2; parts < 6; parts++) {
      int[] a = random(60, parts, 0);
      int[] b = random(60, 3, 1);
      double all = 60 * 59 / 2.0;
      double both = 0;
      double inA = 0;
      double inB = 0;
      for (int i = 0; i < 60; i++) {
        for (int j = 0; j < i; j++) {
          both += a[i] == a[j] && b[i] == b[j] ? 1 : 0;
          inA += a[i] == a[j] ? 1 : 0;
          inB += b[i] == b[j] ? 1 : 0;
        }
      }
      double expected = inA * inB / all;
      double index = (both - expected) / ((inA + inB) / 2 - expected);
      assertEquals(index, AdjustedRandIndex.of(a, b), 1e-15); // the same few operations
    }
  }

  @Test
  void knownValues() {
    assertEquals(1, AdjustedRandIndex.of(new int[] {0, 0, 1, 1}, new int[] {5, 5, -2, -2}));
    // 1 pair in both, 1 and 2 in each, by chance 2/6: (1 − 1/3)/(3/2 − 1/3)
    assertEquals(
        4.0 / 7, AdjustedRandIndex.of(new int[] {0, 0, 1, 2}, new int[] {0, 0, 1, 1}), 1e-15);
    assertEquals(0, AdjustedRandIndex.of(new int[] {0, 0, 0, 0}, new int[] {0, 1, 2, 3}));
    assertEquals(1, AdjustedRandIndex.of(new int[3], new int[3]));
    assertEquals(1, AdjustedRandIndex.of(new int[1], new int[1]));
  }

  @Test
  void unrelatedPartitionsHaveNone() {
    // its deviation at this size is below 0.002
    assertEquals(0, AdjustedRandIndex.of(random(2000, 5, 0), random(2000, 5, 1)), 0.01);
  }

  @Test
  void partitionsOfDifferentThingsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> AdjustedRandIndex.of(new int[3], new int[2]));
  }
}
