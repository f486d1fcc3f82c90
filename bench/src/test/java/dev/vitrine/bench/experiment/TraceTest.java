package dev.vitrine.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The step after which two trainings differ is found, wherever it is. */
class TraceTest {
  private static final int EPOCHS = 3;
  private static final int STEPS = 5;

  /** States that are those of all other trainings before {@code changed}, and its own from then. */
  private static Trace trace(int changed, int own) {
    var epochs = new ArrayList<String>();
    for (int e = 0; e < EPOCHS; e++) {
      var steps = new StringBuilder();
      for (int s = 0; s < STEPS; s++) {
        int step = e * STEPS + s;
        steps.append("%08x".formatted(step + (step >= changed ? own << 16 : 0)));
      }
      epochs.add(steps.toString());
    }
    return new Trace(epochs);
  }

  @Test
  void everyFirstDifferenceIsFound() {
    for (int changed = 0; changed < EPOCHS * STEPS; changed++) {
      var place = new Trace.Place(changed / STEPS + 1, changed % STEPS + 1);
      assertEquals(place, trace(changed, 1).firstDifference(trace(changed, 2)));
    }
  }

  @Test
  void aShorterTrainingIsComparedAsFarAsItGoes() {
    var shorter = new Trace(trace(4, 1).epochs().subList(0, 2));
    assertEquals(new Trace.Place(1, 5), shorter.firstDifference(trace(4, 2)));
    assertThrows(
        IllegalArgumentException.class, () -> new Trace(List.of()).firstDifference(shorter));
  }
}
