package dev.vitrine.xai.global;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StudentTTest {

  /** ν = 1 is Cauchy's, 1 − 2·atan(t)/π; ν = 2 has 1 − t/√(2 + t²). */
  @Test
  void closedFormsOfOneAndTwoDegreesOfFreedom() {
    for (double t : new double[] {0.01, 0.3, 1, 2.5, 12, 400}) {
      double one = 1 - 2 * StrictMath.atan(t) / Math.PI;
      assertEquals(one, StudentT.twoSided(t * t, 1), 1e-13, "t = " + t);
      double two = 1 - t / Math.sqrt(2 + t * t);
      assertEquals(two, StudentT.twoSided(t * t, 2), 1e-13, "t = " + t);
    }
  }

  /** Quantiles of printed tables, which have four digits. */
  @Test
  void tables() {
    assertEquals(0.05, StudentT.twoSided(2.2281 * 2.2281, 10), 5e-6);
    assertEquals(0.01, StudentT.twoSided(2.7500 * 2.7500, 30), 5e-6);
    assertEquals(0.05, StudentT.twoSided(1.9600 * 1.9600, 1e7), 5e-6);
  }

  @Test
  void whereNothingVariesMeansAreEqualOrNot() {
    assertEquals(1, StudentT.welch(new double[] {1, 1}, new double[] {1, 1, 1}));
    assertEquals(0, StudentT.welch(new double[] {1, 1}, new double[] {0, 0}));
  }

  /** By hand: means 2 and 5, variances 1 and 4, 3 of each: t² = 9/(5/3), ν = 25/9/(1/18 + 8/9). */
  @Test
  void samplesOfUnequalVariance() {
    double p = StudentT.welch(new double[] {1, 2, 3}, new double[] {3, 5, 7});
    assertEquals(StudentT.twoSided(5.4, 50 / 17.0), p, 1e-15);
  }
}
