package dev.vitrine.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  /** A few roundings of double. */
  private static final double ROUNDING = 1e-15;

  private static void check(Schedule s, int step, double want) {
    assertEquals(want, s.rate(0.1, step), ROUNDING);
  }

  @Test
  void dropsFallWhereTheyShould() {
    Schedule s = Schedule.step(3, 0.5);
    check(s, 0, 0.1);
    check(s, 2, 0.1);
    check(s, 3, 0.05);
    check(s, 6, 0.025);
    Schedule m = Schedule.multiStep(0.1, 2, 5);
    check(m, 1, 0.1);
    check(m, 2, 0.01);
    check(m, 4, 0.01);
    check(m, 5, 0.001);
    check(Schedule.exponential(0.9), 3, 0.0729);
    check(Schedule.constant(), 1000, 0.1);
  }

  @Test
  void cosineEqualsPyTorchsRecursion() {
    int steps = 10;
    double least = 0.001;
    double rate = 0.1;
    for (int t = 1; t < 2 * steps; t++) {
      // torch.optim.lr_scheduler.CosineAnnealingLR.get_lr
      if ((t - 1 - steps) % (2 * steps) == 0) {
        rate += (0.1 - least) * (1 - StrictMath.cos(Math.PI / steps)) / 2;
      } else {
        rate =
            (1 + StrictMath.cos(Math.PI * t / steps))
                    / (1 + StrictMath.cos(Math.PI * (t - 1) / steps))
                    * (rate - least)
                + least;
      }
      // the recursion divides by something near zero at its lower end
      assertEquals(rate, Schedule.cosine(steps, least).rate(0.1, t), 1e-12, "step " + t);
    }
  }

  @Test
  void warmUpClimbsEvenlyToWhereTheNextOneStarts() {
    Schedule s = Schedule.warmUp(4, Schedule.exponential(0.5));
    check(s, 0, 0.02);
    check(s, 3, 0.08);
    check(s, 4, 0.1);
    check(s, 5, 0.05);
  }

  @Test
  void oneCycleGoesUpAndDown() {
    Schedule s = Schedule.oneCycle(100);
    check(s, 0, 0.1 / 25);
    check(s, 29, 0.1);
    check(s, 99, 0.1 / 25 / 1e4);
    // half-way up: the mean of both ends
    check(Schedule.oneCycle(10, 0.3, 25, 1e4), 1, (0.1 + 0.1 / 25) / 2);
    assertThrows(IllegalArgumentException.class, () -> s.rate(0.1, 100));
    check(Schedule.oneCycle(10, 0.1, 25, 1e4), 0, 0.1);
  }
}
