package dev.vitrine.bench.endurance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.Models;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows with NaN, infinities or numbers at the edge of float32, and no rows at all: every method
 * ends, with an attribution or one sentence, and the row beside them has the bits it has alone.
 */
class UnusualRowsTest {
  private static final Device DEVICE = Device.of("scalar", 1);
  private static final Reference REFERENCE = Reference.usual(rows(6, 0.5f));

  private static List<String> methods() {
    return Methods.of(true, true);
  }

  /** Images of 6 × 6 pixels; the first pixel of the last one is {@code odd}. */
  private static Tensor rows(int n, float odd) {
    Shape shape = Shape.of(n, 6, 6, 1);
    float[] x = new float[(int) shape.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * 17 % 13 / 13f;
    }
    x[x.length - 36] = odd;
    return Tensor.of(shape, x);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void disturbNobody(String name) throws Exception {
    Explainer method = Methods.of(name, REFERENCE);
    try (Model m = Models.of("conv2d(1, 3, 3) relu flatten linear(48, 3)").init(1);
        Subject s = Subject.of(m, DEVICE)) {
      String alone = first(method.explain(s, rows(1, 0.5f), Target.of(1)));
      for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -3e38f}) {
        Tensor x = rows(2, odd);
        x.put(0, 0.5f); // as in the row alone
        Callable<?> work =
            () -> {
              try {
                assertEquals(alone, first(method.explain(s, x, Target.of(1))), name + " " + odd);
              } catch (IllegalArgumentException | ArithmeticException e) {
                assertTrue(
                    e.getMessage().contains(" is needed") || e.getMessage().contains("are needed"),
                    e.getMessage());
              }
              return null;
            };
        new Crowd(List.of(work)).join(); // one that doesn't end is found there
      }
      Tensor none = Tensor.of(Shape.of(0, 6, 6, 1));
      var e =
          assertThrows(IllegalArgumentException.class, () -> method.explain(s, none, Target.of(1)));
      assertEquals("no rows to explain", e.getMessage());
    }
  }

  private static String first(Attribution a) {
    return TensorHash.of(a.row(0).copy());
  }
}
