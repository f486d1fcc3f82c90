package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.gradient.Noise;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Means of x + N(0, 1): rows far from 0 have small errors beside their means. */
class SamplesTest {
  private static final Noise NOISE = Noise.normal(1, 4);

  private static Samples.Result noisy(Samples samples, Tensor x, int firstRow) {
    try (Subject s = Nets.subject(v -> v);
        Question q = Question.of(s, x, firstRow, Target.of(0))) {
      return samples.of(q, some -> List.of(NOISE.add(some)));
    }
  }

  private static Tensor column(float... values) {
    return Tensor.of(Shape.of(values.length, 1), values);
  }

  @Test
  void withoutAToleranceTheirNumberIsGiven() {
    for (int n : new int[] {1, 7, 1024, 1500}) {
      Samples.Result result = noisy(new Samples(n, 0), column(3, -5, 0), 0);
      assertArrayEquals(new int[] {n, n, n}, result.counts());
      assertArrayEquals(new boolean[] {true, true, true}, result.converged());
    }
  }

  @Test
  void aToleranceStopsEachRowOnItsOwn() {
    Tensor x = column(100, 10, 1, 0.1f);
    Samples samples = new Samples(16, 0.02);
    Samples.Result all = noisy(samples, x, 5);
    for (int r = 0; r < 4; r++) {
      Samples.Result one = noisy(samples, x.rows(r, r + 1), 5 + r);
      assertEquals(one.counts()[0], all.counts()[r]);
      assertEquals(one.converged()[0], all.converged()[r]);
      assertEquals(one.first().mean().at(0), all.first().mean().at(r));
      assertEquals(one.first().standardError().at(0), all.first().standardError().at(r));
    }
    // 1/√n ≤ 0.02·|x|: one round, 25 samples, 2 500, and more than there are
    assertEquals(16, all.counts()[0]);
    assertEquals(32, all.counts()[1]);
    assertTrue(all.counts()[2] == 2048 || all.counts()[2] == 4096, all.counts()[2] + " samples");
    assertEquals(Samples.MOST, all.counts()[3]);
    assertArrayEquals(new boolean[] {true, true, true, false}, all.converged());
  }

  @Test
  void theErrorShrinksWithTheRootOfTheCount() {
    Tensor x = column(0, 0, 0, 0, 0, 0, 0, 0);
    for (int n : new int[] {64, 256, 1024, 4096}) {
      float[] error = noisy(new Samples(n, 0), x, 0).first().standardError().toFloats();
      for (float e : error) {
        // five deviations of a deviation estimated from n normal numbers
        assertEquals(1 / Math.sqrt(n), e, 5 / Math.sqrt(2.0 * n) / Math.sqrt(n));
      }
    }
  }

  @Test
  void theErrorIsHonest() {
    Tensor x = column(new float[1000]);
    Samples.Moments m = noisy(new Samples(100, 0), x, 0).first();
    Tensor mean = m.mean();
    Tensor error = m.standardError();
    int within = 0;
    for (int r = 0; r < 1000; r++) {
      within += Math.abs(mean.at(r)) <= 1.96 * error.at(r) ? 1 : 0;
    }
    // 94.7 % by Student's t with 99 degrees; four deviations of a count of 1 000
    assertEquals(947, within, 4 * Math.sqrt(1000 * 0.947 * 0.053));
  }

  @Test
  void momentsAreThoseOfTheNumbers() {
    Tensor x = column(2, -1);
    Samples.Moments m = noisy(new Samples(50, 0), x, 3).first();
    for (int r = 0; r < 2; r++) {
      double[] v = new double[50];
      for (int k = 0; k < 50; k++) {
        // a sample's number is its row's, times the samples of a row, plus its own
        int number = (3 + r) * 50 + k;
        try (Subject s = Nets.subject(in -> in);
            Question q = Question.of(s, x.rows(r, r + 1), number, Target.of(0))) {
          v[k] = NOISE.add(q).at(0);
        }
      }
      double mean = Arrays.stream(v).average().orElseThrow();
      double square = Arrays.stream(v).map(a -> a * a).average().orElseThrow();
      double deviation = Arrays.stream(v).map(a -> (a - mean) * (a - mean)).sum() / 49;
      // fifty float additions of numbers up to 25
      assertEquals(mean, m.mean().at(r), 5e-6);
      assertEquals(square, m.meanSquare().at(r), 2e-5);
      assertEquals(square - mean * mean, m.variance().at(r), 5e-5);
      assertEquals(Math.sqrt(deviation / 50), m.standardError().at(r), 5e-6);
    }
  }

  @Test
  void oneSampleHasNoKnownError() {
    assertTrue(Float.isNaN(noisy(new Samples(1, 0), column(1), 0).first().standardError().at(0)));
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Samples(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Samples(Samples.MOST + 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Samples(1, -1));
    assertThrows(IllegalArgumentException.class, () -> new Samples(1, Double.NaN));
  }
}
