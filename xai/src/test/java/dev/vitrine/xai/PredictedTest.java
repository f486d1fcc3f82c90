package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The classes of changed copies are those of the same rows on their own. */
class PredictedTest {
  /** 777 rows, which no batch divides. */
  private static final Tensor ROWS = Nets.normal(61, 777, 4);

  private record Given(Tensor rows) implements Copies {
    @Override
    public int count() {
      return rows.shape().dim(0);
    }

    @Override
    public int row(int c) {
      return 0;
    }

    @Override
    public void write(int c, float[] into, int at) {
      System.arraycopy(rows.rows(c, c + 1).toFloats(), 0, into, at, 4);
    }
  }

  private static int[] predicted(Subject s) {
    try (s;
        Question q = Question.of(s, Nets.row(0, 0, 0, 0), 0, Target.of(0))) {
      return q.predicted(new Given(ROWS));
    }
  }

  @Test
  void networksAndFunctionsWithAnyBudget() {
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      float[] y = s.outputs(ROWS).toFloats();
      int[] wanted = new int[777];
      Arrays.setAll(
          wanted,
          r -> {
            float most = Math.max(y[3 * r], Math.max(y[3 * r + 1], y[3 * r + 2]));
            return y[3 * r] == most ? 0 : y[3 * r + 1] == most ? 1 : 2;
          });
      Predictor function = s::outputs;
      for (long bytes : new long[] {1, 1 << 12, 1 << 30}) {
        assertArrayEquals(wanted, predicted(Subject.of(m, Nets.SCALAR).within(bytes)));
        assertArrayEquals(wanted, predicted(Subject.of(function, "test").within(bytes)));
      }
    }
  }

  @Test
  void oneOutputIsNoClass() {
    Subject s = Functions.subject(x -> x[0]);
    var e = assertThrows(IllegalArgumentException.class, () -> predicted(s));
    assertTrue(String.valueOf(e.getMessage()).contains("two at least"), e.getMessage());
  }
}
