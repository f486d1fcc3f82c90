package dev.vitrine.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ToleranceTest {
  private static final Numbers REALS = Numbers.of(Shape.of(3), 1, -200, 3);

  @Test
  void theEntryOfThePrecisionIsUsed() throws IOException {
    String both =
        "{\"tolerance\":{\"float64\":{\"atol\":1,\"rtol\":1},"
            + "\"float32\":{\"atol\":1e-6,\"rtol\":1e-4}}}";
    assertEquals(new Tolerance(1e-6, 1e-4), tolerance(both, REALS));
    assertEquals(new Tolerance(1, 1), tolerance(both, REALS, "float64"));
  }

  @Test
  void withoutOneItIsAThousandthOfTheLargest() throws IOException {
    assertEquals(
        new Tolerance(0.2, 1e-3),
        tolerance("{\"tolerance\":{\"float64\":{\"atol\":1,\"rtol\":1}}}", REALS));
    assertEquals(new Tolerance(0.2, 1e-3), tolerance("{}", REALS));
  }

  @Test
  void integersMustBeEqual() throws IOException {
    Tolerance t = tolerance("{}", new Numbers(Shape.of(1), new double[] {1000}, true));
    assertEquals(0, t.fraction(1000, 1000));
    assertEquals(Double.POSITIVE_INFINITY, t.fraction(1001, 1000));
  }

  @Test
  void theErrorIsAFractionOfWhatIsAllowed() {
    assertEquals(0.5, new Tolerance(1, 0.5).fraction(3, 2));
    assertEquals(2, new Tolerance(1, 0).fraction(-3, -1));
  }

  @Test
  void notANumberIsNeverGoodEnough() {
    var t = new Tolerance(1, 1);
    assertEquals(Double.POSITIVE_INFINITY, t.fraction(Double.NaN, 1));
    assertEquals(Double.POSITIVE_INFINITY, t.fraction(1, Double.NaN));
    assertEquals(Double.POSITIVE_INFINITY, t.fraction(Double.POSITIVE_INFINITY, 1));
  }

  private static Tolerance tolerance(String json, Numbers want) throws IOException {
    return tolerance(json, want, "float32");
  }

  private static Tolerance tolerance(String json, Numbers want, String precision)
      throws IOException {
    return Tolerance.of(
        new Json(Path.of("case.json"), new ObjectMapper().readTree(json)), want, precision);
  }
}
