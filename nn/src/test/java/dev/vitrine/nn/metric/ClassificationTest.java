package dev.vitrine.nn.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  private final Tensor logits = Tensor.of(Shape.of(4, 3), 1, 3, 2, 0, 0, 0, 5, 1, 7, -1, -3, -2);
  private final Tensor labels = Tensor.of(Shape.of(4), new int[] {1, 2, 2, 0});

  @Test
  void predictionsTakeTheFirstLargest() {
    assertArrayEquals(new int[] {1, 0, 2, 0}, Predictions.of(logits));
    Tensor column = Tensor.of(Shape.of(3, 1), 0.6f, 0, -1);
    assertArrayEquals(new int[] {1, 0, 0}, Predictions.of(column));
    assertArrayEquals(new int[] {1, 0, 0}, Predictions.of(column, 0.5));
  }

  @Test
  void accuracyCountsWhatIsRight() {
    assertEquals(0.75, Accuracy.of(logits, labels));
    assertThrows(IllegalArgumentException.class, () -> Accuracy.of(new int[2], new int[3]));
    assertThrows(IllegalArgumentException.class, () -> Accuracy.of(new int[0], new int[0]));
  }

  @Test
  void confusionMatrixKnowsEveryClass() {
    var m = new ConfusionMatrix(3, new int[] {0, 0, 1, 1, 1, 0}, new int[] {0, 0, 0, 1, 2, 2});
    assertEquals(1, m.count(0, 1));
    assertEquals(3.0 / 6, m.accuracy());
    assertEquals(2.0 / 3, m.precision(0));
    assertEquals(2.0 / 3, m.recall(0));
    assertEquals(1.0 / 3, m.precision(1));
    assertEquals(1, m.recall(1));
    assertEquals(0.5, m.f1(1));
    assertEquals(0, m.precision(2), "never predicted");
    assertEquals(0, m.f1(2));
    assertEquals((2.0 / 3 + 0.5 + 0) / 3, m.macroF1(), 1e-16);
    assertThrows(
        IllegalArgumentException.class, () -> new ConfusionMatrix(2, new int[] {2}, new int[] {0}));
  }

  @Test
  void logLossOfLogitsIsThatOfTheirSoftmax() {
    double[] x = {1, 3, 2, 0, 0, 0, 5, 1, 7, -1, -3, -2};
    int[] t = labels.toInts();
    double[] p = new double[x.length];
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        sum += StrictMath.exp(x[3 * i + c]);
      }
      for (int c = 0; c < 3; c++) {
        p[3 * i + c] = StrictMath.exp(x[3 * i + c]) / sum;
      }
    }
    // a few roundings of double
    assertEquals(LogLoss.ofProbabilities(p, t), LogLoss.ofLogits(logits, labels), 1e-15);
    assertEquals(2000, LogLoss.ofLogits(new double[] {1000, -1000}, new int[] {1}));
    assertEquals(
        52 * StrictMath.log(2), LogLoss.ofProbabilities(new double[] {1, 0}, new int[] {1}));
    assertThrows(
        IllegalArgumentException.class, () -> LogLoss.ofLogits(new double[2], new int[] {2}));
  }

  @Test
  void regressionFigures() {
    double[] y = {1, 2, 4};
    double[] t = {1, 4, 4};
    assertEquals(4.0 / 3, Regression.mse(y, t));
    assertEquals(2.0 / 3, Regression.mae(y, t));
    assertEquals(1 - 4.0 / 6, Regression.r2(y, t), 1e-15);
    assertEquals(0, Regression.r2(new double[] {3, 3, 3}, t), 1e-15);
    assertEquals(Double.NaN, Regression.r2(y, new double[] {2, 2, 2}));
  }
}
