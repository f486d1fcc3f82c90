package dev.vitrine.xai.global;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.RandomStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The sum is BigDecimal's, rounded once, whoever added what. */
class ExactSumTest {
  /** Signs, sizes from 2⁻¹⁰⁷⁰ to 2¹⁰⁰⁰, and zeros. */
  private static double[] terms(int n) {
    var random = new RandomStream(3, 0, 0);
    double[] all = new double[n];
    for (int i = 0; i < n; i++) {
      all[i] =
          Math.scalb(random.normal(), i % 7 == 0 ? random.below(2070) - 1070 : random.below(60));
    }
    all[n / 2] = -0.0;
    all[n / 3] = Double.MIN_VALUE;
    return all;
  }

  private static ExactSum of(double... terms) {
    var sum = new ExactSum();
    for (double t : terms) {
      sum.add(t);
    }
    return sum;
  }

  @Test
  void itIsThatOfBigDecimals() {
    double[] terms = terms(400);
    BigDecimal exact = BigDecimal.ZERO;
    for (double t : terms) {
      exact = exact.add(new BigDecimal(t));
      // JDK 21 and later round BigDecimals to the nearest double
      var sum = new ExactSum();
      sum.add(t);
      assertEquals(t + 0.0, sum.value());
    }
    assertEquals(exact.doubleValue(), of(terms).value());
  }

  @Test
  void partsAddUpInAnyOrder() throws IOException {
    double[] terms = terms(999);
    ExactSum all = of(terms);
    for (int parts : new int[] {1, 2, 17, 500}) {
      var united = new ExactSum();
      for (int p = parts - 1; p >= 0; p--) {
        var part = new ExactSum();
        for (int i = p; i < terms.length; i += parts) {
          part.add(terms[i]);
        }
        united.add(sent(part));
      }
      assertEquals(all, united, parts + " parts");
      assertEquals(all.value(), united.value());
    }
  }

  private static ExactSum sent(ExactSum sum) throws IOException {
    var bytes = new ByteArrayOutputStream();
    sum.write(new DataOutputStream(bytes));
    return ExactSum.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  @Test
  void halvesAreRoundedToEven() {
    double ulp = Math.ulp(1.0);
    assertEquals(1.0, of(1, ulp / 2).value());
    assertEquals(1 + 2 * ulp, of(1, ulp, ulp / 2).value());
    assertEquals(1 + ulp, of(1, ulp / 2, Double.MIN_VALUE).value());
    assertEquals(0.0, of(1e300, -1e300).value());
  }

  @Test
  void whatIsNotFiniteStaysSo() {
    assertEquals(Double.POSITIVE_INFINITY, of(1, Double.POSITIVE_INFINITY).value());
    assertTrue(Double.isNaN(of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY).value()));
    assertTrue(Double.isNaN(of(Double.NaN, 1).value()));
  }

  @Test
  void theSpreadIsExact() {
    var sum = new ExactSum();
    var squares = new ExactSum();
    double large = 1e8;
    for (double v : new double[] {large + 1, large + 2, large + 3}) {
      sum.add(v);
      squares.addSquare(v);
    }
    assertEquals(6.0, ExactSum.spread(3, sum, squares)); // 3·Σv² − (Σv)² = n·Σ(v − mean)²
  }
}
