package dev.vitrine.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.experiment.Outcome.Explained;
import dev.vitrine.bench.experiment.Outcome.Method;
import dev.vitrine.bench.experiment.Outcome.Score;
import dev.vitrine.bench.experiment.Outcome.Trained;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What counts as the same, and what is named as the first difference. */
class JudgementTest {
  private static final String HASH = "0123456789abcdef";
  private static final String OTHER = "fedcba9876543210";

  /** One model and one method; what a test changes. */
  private record Made(
      String train,
      String first,
      String steps,
      String hash,
      double accuracy,
      String map,
      Score by) {
    Outcome outcome() {
      var trace = new Trace(List.of(steps));
      var model = new Trained(0, first, trace, hash, accuracy, 0.3);
      var method = new Method(List.of(map), Map.of("deletion", by));
      var explained = new Explained(HASH, Map.of("saliency", method));
      return new Outcome("asked", train, HASH, 10_000, List.of(model), explained);
    }
  }

  private static final String STEPS = "aaaaaaaabbbbbbbbcccccccc";
  private static final Score SCORE = new Score(0.2, 0.01, HASH);
  private static final Made THEN = new Made(HASH, HASH, STEPS, HASH, 0.98, HASH, SCORE);

  private static Verdict judge(Made now) {
    return Judgement.of(now.outcome(), THEN.outcome());
  }

  @Test
  void equalOutcomesAreTheSameBits() {
    assertEquals(new Verdict.SameBits(), judge(THEN));
  }

  @Test
  void theFirstDifferenceIsNamedInTheOrderInWhichThingsAreMade() {
    String changed = "aaaaaaaab1bbbbbbcccccccd";
    var all = new Made(OTHER, OTHER, changed, OTHER, 0.98, OTHER, new Score(0.2, 0.01, OTHER));
    assertEquals(new Verdict.SameWithin(0, "the training rows"), judge(all));
    var weights = new Made(HASH, OTHER, changed, OTHER, 0.98, OTHER, SCORE);
    assertEquals(new Verdict.SameWithin(0, "seed 0: the first weights"), judge(weights));
    var step = new Made(HASH, HASH, changed, OTHER, 0.98, OTHER, SCORE);
    assertEquals(new Verdict.SameWithin(0, "seed 0: step 2 of epoch 1"), judge(step));
    var map = new Made(HASH, HASH, STEPS, HASH, 0.98, OTHER, SCORE);
    assertEquals(new Verdict.SameWithin(0, "saliency"), judge(map));
    var score = new Made(HASH, HASH, STEPS, HASH, 0.98, HASH, new Score(0.2, 0.01, OTHER));
    assertEquals(new Verdict.SameWithin(0, "deletion of saliency"), judge(score));
  }

  @Test
  void figuresMayBeOffByTheirUncertaintyAndNoMore() {
    // two standard errors of .98 from 10 000 rows are .0028
    var near = new Made(HASH, HASH, STEPS, HASH, 0.9825, HASH, new Score(0.191, 0.01, OTHER));
    var within = assertInstanceOf(Verdict.SameWithin.class, judge(near));
    assertEquals(0.009, within.most(), 1e-12, "0.2 − 0.191 in double");
    assertTrue(within.good());
    var far = new Made(HASH, HASH, STEPS, HASH, 0.9829, HASH, SCORE);
    var different = assertInstanceOf(Verdict.Different.class, judge(far));
    assertEquals("seed 0: accuracy", different.figure());
    assertFalse(different.good());
    var farther = new Made(HASH, HASH, STEPS, HASH, 0.9829, HASH, new Score(0.3, 0.01, OTHER));
    assertEquals(
        new Verdict.Different("deletion of saliency", 0.3, 0.2, "seed 0: accuracy"),
        judge(farther));
    var none = new Made(HASH, HASH, STEPS, HASH, 0.98, HASH, new Score(Double.NaN, 0.01, OTHER));
    assertInstanceOf(Verdict.Different.class, judge(none));
  }

  @Test
  void whereNothingFitsIsOnRecordItSaysSo() {
    assertInstanceOf(Verdict.Unrecorded.class, Judgement.of(THEN.outcome(), null));
    Outcome o = THEN.outcome();
    var other =
        new Outcome("more epochs", o.train(), o.test(), o.rows(), o.models(), o.explained());
    assertInstanceOf(Verdict.Unrecorded.class, Judgement.of(o, other));
  }
}
