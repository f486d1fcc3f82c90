package dev.vitrine.nn.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The drawn digits are no giveaway: simple classifiers stay below what a small CNN reaches. */
@Tag("slow")
class DrawnDigitsHardnessTest {
  private static final int PIXELS = 28 * 28;
  private static final int CLASSES = 10;

  private static Split digits;
  private static float[] train;
  private static float[] test;

  @BeforeAll
  static void draw() {
    digits = DrawnDigits.of(7);
    train = digits.train().inputs().toFloats();
    test = digits.test().inputs().toFloats();
  }

  @AfterAll
  static void close() {
    digits.close();
  }

  @Test
  void theNearestTrainingImageIsNotEnough() {
    var right =
        IntStream.range(0, digits.test().size())
            .parallel()
            .filter(i -> digits.train().label(nearest(i)) == digits.test().label(i))
            .count();
    var accuracy = (double) right / digits.test().size();
    System.out.println("nearest neighbour: " + accuracy);
    assertTrue(accuracy < 0.96, "1-NN gets " + accuracy);
    assertTrue(accuracy > 0.85, "1-NN gets " + accuracy + ": legible digits are alike");
  }

  private static int nearest(int i) {
    var best = 0;
    var least = Float.POSITIVE_INFINITY;
    for (var j = 0; j < digits.train().size(); j++) {
      var distance = 0f;
      for (var p = 0; p < PIXELS && distance < least; p += 28) {
        for (var q = p; q < p + 28; q++) {
          var d = test[i * PIXELS + q] - train[j * PIXELS + q];
          distance += d * d;
        }
      }
      if (distance < least) {
        least = distance;
        best = j;
      }
    }
    return best;
  }

  @Test
  void aLinearModelIsNotEnough() {
    var w = new float[(PIXELS + 1) * CLASSES];
    var best = 0.0;
    for (var epoch = 0; epoch < 12; epoch++) {
      for (var i : digits.train().order(1, epoch)) {
        step(w, i, 0.03f / (1 + 0.3f * epoch));
      }
      best = Math.max(best, accuracy(w));
    }
    System.out.println("linear softmax: " + best);
    assertTrue(best < 0.93, "a linear softmax gets " + best);
    assertTrue(best > 0.75, "a linear softmax gets " + best + ": was it trained?");
  }

  /** Plain stochastic gradient descent, one image at a time. */
  private static void step(float[] w, int i, float rate) {
    var z = logits(w, train, i);
    var sum = 0.0;
    for (var c = 0; c < CLASSES; c++) {
      sum += Math.exp(z[c]);
    }
    for (var c = 0; c < CLASSES; c++) {
      var dz = (float) (Math.exp(z[c]) / sum) - (c == digits.train().label(i) ? 1 : 0);
      for (var p = 0; p < PIXELS; p++) {
        w[c * (PIXELS + 1) + p] -= rate * dz * train[i * PIXELS + p];
      }
      w[c * (PIXELS + 1) + PIXELS] -= rate * dz;
    }
  }

  private static float[] logits(float[] w, float[] x, int i) {
    var z = new float[CLASSES];
    for (var c = 0; c < CLASSES; c++) {
      z[c] = w[c * (PIXELS + 1) + PIXELS];
      for (var p = 0; p < PIXELS; p++) {
        z[c] += w[c * (PIXELS + 1) + p] * x[i * PIXELS + p];
      }
    }
    return z;
  }

  private static double accuracy(float[] w) {
    var right = 0;
    for (var i = 0; i < digits.test().size(); i++) {
      var z = logits(w, test, i);
      var best = 0;
      for (var c = 1; c < CLASSES; c++) {
        best = z[c] > z[best] ? c : best;
      }
      right += best == digits.test().label(i) ? 1 : 0;
    }
    return (double) right / digits.test().size();
  }
}
