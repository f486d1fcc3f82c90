package dev.vitrine.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsTest {
  private static final double ROUNDING = 1e-12;

  private static Workload workload(Workload.Reference reference) {
    return new Workload("w", "", "relu", Optimizer.adam(1e-3f), 1, 1, reference);
  }

  private static List<Seeds.One> runs(double... accuracies) {
    var runs = new ArrayList<Seeds.One>();
    for (double a : accuracies) {
      runs.add(new Seeds.One(runs.size(), a, 0, "0123456789abcdef"));
    }
    return runs;
  }

  @Test
  void meanAndSampleDeviationAreThoseOfTheTextbook() {
    Seeds s = Seeds.of(workload(null), runs(0.90, 0.92, 0.97));
    assertEquals(0.93, s.mean(), ROUNDING);
    assertEquals(Math.sqrt((9e-4 + 1e-4 + 16e-4) / 2), s.deviation(), ROUNDING);
    assertNull(s.reached());
  }

  @Test
  void theLeastMeanIsTwoStandardErrorsAndAMarginBelowTheReference() {
    var w = workload(new Workload.Reference(0.95, 0.02, 4));
    Seeds s = Seeds.of(w, runs(0.93, 0.95));
    double error = Math.sqrt(2e-4 / 2 + 4e-4 / 4); // deviation² of 0.93 and 0.95 is 2e-4
    assertEquals(0.95 - 0.003 - 2 * error, s.least(), ROUNDING);
    assertEquals(true, s.reached());
    assertEquals(false, Seeds.of(w, runs(0.80, 0.80)).reached());
    assertTrue(Seeds.of(w, runs(0.80, 0.80)).text().contains("MISSED"));
  }

  @Test
  void oneSeedHasNoDeviationAndMoreCanFollow() {
    Workload w = workload(null);
    Seeds s = Seeds.of(w, runs(0.5));
    assertEquals(0, s.deviation());
    assertEquals(0.75, s.and(w, runs(1.0).getFirst()).mean(), ROUNDING);
  }
}
