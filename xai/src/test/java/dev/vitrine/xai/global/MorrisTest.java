package dev.vitrine.xai.global;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MorrisTest {
  private static final Target FIRST = Target.of(0);
  private static final Tensor LOW = Nets.row(0, -1, 0, 0);
  private static final Tensor HIGH = Nets.row(1, 1, 1, 10);

  @Test
  void aLinearFeatureHasItsSlopeTimesItsRangeAndNoDeviation() {
    Subject s = Rules.of("linear", 1, (x, y) -> y[0] = 3 * x[0] - 2 * x[1] + x[3] / 2);
    var e = new Morris(7).of(s, LOW, HIGH, FIRST);
    // float32 outputs of size 10, differences over 2/3 of a range
    assertArrayEquals(new double[] {3, -4, 0, 5}, e.mean(), 5e-6);
    assertArrayEquals(new double[] {3, 4, 0, 5}, e.meanAmount(), 5e-6);
    assertArrayEquals(new int[] {3, 1, 0, 2}, e.order());
    assertArrayEquals(new double[4], e.deviation(), 5e-6);
  }

  @Test
  void effectsOfBothSignsCancelInTheMeanAlone() {
    Subject s = Rules.of("ab", 1, (x, y) -> y[0] = x[0] * x[1]);
    var e = new Morris(200, 4, 1).of(s, LOW, HIGH, FIRST);
    // a's effect is b, one of −1, −1/3, 1/3, 1: mean 0, mean amount 2/3, variance 5/9
    assertEquals(0, e.mean()[0], 4 * Math.sqrt(5 / 9.0 / 200), "4 standard errors");
    assertEquals(2 / 3.0, e.meanAmount()[0], 4 * e.standardError()[0], "4 standard errors");
    assertEquals(Math.sqrt(5 / 9.0), e.deviation()[0], 0.1, "200 draws of 4 values");
    // b's effect is 2a
    assertEquals(1, e.mean()[1], 4 * e.standardError()[1], "a is positive");
  }

  @Test
  void trajectoriesStayInTheirRangeAndChangeOneFeatureAtATime() {
    var calls = new AtomicInteger();
    Subject s =
        Rules.of(
            "watched",
            1,
            (x, y) -> {
              calls.incrementAndGet();
              for (int i = 0; i < 4; i++) {
                assertTrue(x[i] >= LOW.at(i) && x[i] <= HIGH.at(i), Arrays.toString(x));
              }
              y[0] = x[0];
            });
    new Morris(12, 6, 2).of(s.within(1), LOW, HIGH, FIRST);
    assertTrue(calls.get() >= 12 * 5, "r·(d + 1) predictions");
  }

  @Test
  void fewerTrajectoriesAreTheFirstOnesAndTheBudgetChangesNothing() {
    Subject s = Rules.of("cubic", 1, (x, y) -> y[0] = x[0] * x[1] * x[2] + x[3] * x[3]);
    double[][] many = new Morris(20, 4, 3).of(s, LOW, HIGH, FIRST).effects();
    double[][] few = new Morris(5, 4, 3).of(s.within(64), LOW, HIGH, FIRST).effects();
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(Arrays.copyOf(many[i], 5), few[i]);
    }
  }

  @Test
  void aClassMustBeNamed() {
    Subject s = Rules.of("two", 2, (x, y) -> y[0] = x[0]);
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Morris(0).of(s, LOW, HIGH, Target.predicted()));
    assertTrue(e.getMessage().contains("Target.of"), e.getMessage());
  }
}
