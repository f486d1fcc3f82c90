package dev.vitrine.nn.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** ROC figures against the definition over all pairs, with many ties. */
class RankingTest {
  private static final int N = 200;
  private final double[] scores = new double[N];
  private final boolean[] positive = new boolean[N];

  RankingTest() {
    var random = new RandomStream(4, 0, 0);
    for (int i = 0; i < N; i++) {
      positive[i] = random.uniform() < 0.3;
      scores[i] = random.below(20) + (positive[i] ? 4 : 0);
    }
  }

  private static double pairs(double[] scores, boolean[] positive) {
    double won = 0;
    double all = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          all++;
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return won / all;
  }

  @Test
  void areaIsTheShareOfWonPairs() {
    // both are quotients of whole numbers
    assertEquals(pairs(scores, positive), RocAuc.of(scores, positive));
    assertEquals(0.5, RocAuc.of(new double[4], new boolean[] {true, false, false, true}));
    assertEquals(1, RocAuc.of(new double[] {1, 2}, new boolean[] {false, true}));
  }

  @Test
  void curveEnclosesTheArea() {
    RocCurve c = RocCurve.of(scores, positive);
    double area = 0;
    for (int i = 1; i < c.falsePositives().length; i++) {
      double width = c.falsePositives()[i] - c.falsePositives()[i - 1];
      area += width * (c.truePositives()[i] + c.truePositives()[i - 1]) / 2;
    }
    assertEquals(RocAuc.of(scores, positive), area, 1e-14);
    RocCurve curve = RocCurve.of(new double[] {3, 2, 1}, new boolean[] {true, true, false});
    assertArrayEquals(new double[] {0, 0, 0, 1}, curve.falsePositives());
    assertArrayEquals(new double[] {0, 0.5, 1, 1}, curve.truePositives());
  }

  @Test
  void averagePrecisionByHand() {
    // recall 1/2 at precision 1, then recall 1 at precision 2/3
    assertEquals(
        0.5 + 0.5 * 2 / 3,
        AveragePrecision.of(new double[] {3, 2, 1, 0}, new boolean[] {true, false, true, false}),
        1e-16);
  }

  @Test
  void oneVersusRestIsTheMeanOverClasses() {
    Tensor s = Tensor.of(Shape.of(4, 3), 3, 0, 1, 1, 2, 0, 0, 1, 2, 2, 0, 1);
    Tensor t = Tensor.of(Shape.of(4), new int[] {0, 1, 2, 1});
    double[] area = new double[3];
    for (int c = 0; c < 3; c++) {
      double[] column = new double[4];
      boolean[] is = new boolean[4];
      for (int i = 0; i < 4; i++) {
        column[i] = s.at(3 * i + c);
        is[i] = t.intAt(i) == c;
      }
      area[c] = pairs(column, is);
    }
    assertEquals((area[0] + area[1] + area[2]) / 3, RocAuc.oneVersusRest(s, t), 1e-16);
    Tensor yes = Tensor.of(Shape.of(2), new int[] {1, 0});
    assertEquals(1, RocAuc.of(Tensor.of(Shape.of(2, 1), 5, 4), yes));
  }

  @Test
  void oneKindOnlyOrNaNIsRefused() {
    double[] two = {1, 2};
    assertThrows(IllegalArgumentException.class, () -> RocAuc.of(two, new boolean[2]));
    assertThrows(
        IllegalArgumentException.class,
        () -> RocAuc.of(new double[] {1, Double.NaN}, new boolean[] {true, false}));
  }
}
