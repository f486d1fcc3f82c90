package dev.vitrine.xai.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void eachElementIsTheOneThatSortingWouldPutThere() {
    var random = new RandomStream(1, 0, 0);
    for (int n : new int[] {1, 2, 3, 7, 50, 101}) {
      float[] v = new float[n];
      for (int i = 0; i < n; i++) {
        v[i] = random.below(n / 2 + 1); // with equal ones
      }
      v[n / 2] = Float.POSITIVE_INFINITY;
      float[] sorted = v.clone();
      Arrays.sort(sorted);
      for (int k = 0; k < n; k++) {
        assertEquals(sorted[k], Selection.smallest(v.clone(), k), "element " + k + " of " + n);
      }
    }
  }
}
