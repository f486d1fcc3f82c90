package dev.vitrine.xai.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StatisticsTest {
  /** A few roundings of double. */
  private static final double EXACT = 1e-14;

  private static final double[] X = {1, 2, 3, 4, 5};
  private static final double[] X9 = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  @Test
  void pearsonIsThatOfTheTextbook() {
    // Σ(x−3)(y−4) = 8, Σ(x−3)² = 10, Σ(y−4)² = 10
    assertEquals(0.8, Correlation.PEARSON.of(X, new double[] {2, 4, 3, 6, 5}), EXACT);
    assertEquals(1, Correlation.PEARSON.of(X, new double[] {10, 20, 30, 40, 50}), EXACT);
    assertEquals(-1, Correlation.PEARSON.of(X, new double[] {5, 4, 3, 2, 1}), EXACT);
  }

  @Test
  void spearmanSeesRanksAloneAndEqualNumbersShareTheirs() {
    assertEquals(1, Correlation.SPEARMAN.of(X, new double[] {1, 8, 27, 64, 1000}), EXACT);
    assertArrayEquals(
        new double[] {1, 3, 3, 3, 5}, Correlation.ranks(new double[] {0, 7, 7, 7, 9}));
    // ranks 1, 2.5, 2.5, 4 beside 1, 2, 3, 4: Σ 4.5, 4.5 and 5
    double[] ties = {1, 2, 2, 3};
    assertEquals(
        4.5 / Math.sqrt(4.5 * 5), Correlation.SPEARMAN.of(ties, new double[] {1, 2, 3, 4}), EXACT);
  }

  @Test
  void nothingCorrelatesWithAConstant() {
    double[] constant = {0.1, 0.1, 0.1, 0.1, 0.1};
    assertEquals(Double.NaN, Correlation.PEARSON.of(X, constant));
    assertEquals(Double.NaN, Correlation.SPEARMAN.of(constant, X));
  }

  @Test
  void theNormalIntervalIsMeanAndStandardError() {
    var i = Estimate.normal(1, 2, 3, 4, Double.NaN);
    assertEquals(2.5, i.mean());
    assertEquals(2.5 - 1.959963984540054 * Math.sqrt(5 / 3.0 / 4), i.interval().low(), EXACT);
    assertEquals(2.5 + 1.959963984540054 * Math.sqrt(5 / 3.0 / 4), i.interval().high(), EXACT);
    assertEquals(4, i.rows());
    assertEquals(1, i.undefined());
    assertTrue(i.toString().endsWith("1 rows without a number"));
    assertEquals(Double.NaN, Estimate.normal(3).interval().low());
    assertEquals(Double.NaN, Estimate.normal().mean());
  }

  @Test
  void theBootstrapAgreesWithTheNormalIntervalOfManyRows() {
    double[] values = new double[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 17 - i % 5;
    }
    var normal = Estimate.normal(values).interval();
    var drawn = Estimate.bootstrap(2000, 1, values).interval();
    // an end is a quantile of 2000 draws: some 5 % of the half width
    double close = 0.15 * normal.half();
    assertEquals(normal.low(), drawn.low(), close);
    assertEquals(normal.high(), drawn.high(), close);
    assertEquals(drawn, Estimate.bootstrap(2000, 1, values).interval());
    assertEquals(Double.NaN, Estimate.bootstrap(100, 1, 3, Double.NaN).interval().low());
  }

  /** Wilson (1927) for 8 of 10, as in Newcombe (1998), Table I: .8 has [.4902, .9433]. */
  @Test
  void wilsonsInterval() {
    Interval i = Interval.wilson(0.8, 10);
    assertEquals(0.4902, i.low(), 5e-5);
    assertEquals(0.9433, i.high(), 5e-5);
    assertEquals(0, Interval.wilson(0, 5).low(), 1e-16);
    assertEquals(1, Interval.wilson(1, 5).high());
  }

  @Test
  void similarityIsOneForEqualMaps() {
    double[] map = {3, -1, 2, 0.5, 0, -4, 1, 1, 2};
    double[] other = {-3, 1, -2, -0.5, 0, 4, -1, -1, -2};
    for (Similarity s :
        new Similarity[] {
          Similarity.of(Correlation.PEARSON),
          Similarity.of(Correlation.SPEARMAN),
          Similarity.cosine(),
          Similarity.top(3),
          Similarity.ssim(3, 3, 1)
        }) {
      assertEquals(1, s.of(map, map), EXACT, s.toString());
      assertTrue(s.of(map, X9) < 0.9, s.toString());
      assertEquals(1, s.ofMagnitudes().of(map, other), EXACT, s.toString());
    }
  }

  @Test
  void theTopShareIsCountedInEither() {
    assertEquals(2 / 3.0, Similarity.top(3).of(X, new double[] {9, 0, 1, 8, 7}), EXACT);
    assertEquals(1, Similarity.top(10).of(X, new double[] {9, 0, 1, 8, 7}));
  }

  @Test
  void ssimOfTwoConstantsIsWhatTheirMeansSay() {
    double[] a = {1, 1, 1, 1};
    double[] b = {3, 3, 3, 3};
    // no variance; c1 = (0.01·2)², the second factor is 1
    double c1 = 0.02 * 0.02;
    // variances are differences of sums of size 9, so noise of 1e-15 beside c2 = 0.0036
    assertEquals((6 + c1) / (10 + c1), Similarity.ssim(2, 2, 1).of(a, b), 1e-12);
  }
}
