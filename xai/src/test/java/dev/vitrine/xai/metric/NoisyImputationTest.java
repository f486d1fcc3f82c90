package dev.vitrine.xai.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoisyImputationTest {
  /** Residuals of 1e-10, and a matrix whose inverse is not large. */
  private static final double SOLVED = 1e-8;

  @Test
  void oneMissingPixelIsTheWeightedMeanOfItsNeighbours() {
    double[] image = {1, 2, 3, 4, -100, 6, 7, 8, 9};
    boolean[] missing = new boolean[9];
    missing[4] = true;
    new NoisyImputation(3, 3, missing).fill(image);
    assertEquals((2 + 4 + 6 + 8) / 6.0 + (1 + 3 + 7 + 9) / 12.0, image[4], SOLVED);
  }

  @Test
  void atTheBorderWeightsAreScaledUp() {
    double[] image = {-100, 2, 3, 4};
    new NoisyImputation(2, 2, new boolean[] {true, false, false, false}).fill(image);
    assertEquals((2 / 6.0 + 3 / 6.0 + 4 / 12.0) / (5 / 12.0), image[0], SOLVED);
  }

  @Test
  void aConstantImageStaysConstantHoweverMuchIsMissing() {
    double[] image = new double[35];
    boolean[] missing = new boolean[35];
    for (int p = 0; p < 35; p++) {
      image[p] = p == 17 ? 0.7 : 99;
      missing[p] = p != 17;
    }
    new NoisyImputation(5, 7, missing).fill(image);
    for (double v : image) {
      assertEquals(0.7, v, SOLVED);
    }
  }

  @Test
  void everyMissingPixelSatisfiesItsEquation() {
    int h = 6;
    int w = 5;
    double[] image = new double[h * w];
    boolean[] missing = new boolean[h * w];
    for (int p = 0; p < image.length; p++) {
      image[p] = Philox.uniformAt(1, 0, 0, 0, p);
      missing[p] = Philox.uniformAt(1, 1, 0, 0, p) < 0.6;
    }
    double[] before = image.clone();
    new NoisyImputation(h, w, missing).fill(image);
    for (int p = 0; p < image.length; p++) {
      double sum = 0;
      double weights = 0;
      for (int q = 0; q < image.length; q++) {
        int dy = Math.abs(p / w - q / w);
        int dx = Math.abs(p % w - q % w);
        if (q != p && dy <= 1 && dx <= 1) {
          double weight = dy + dx == 1 ? 2 : 1;
          sum += weight * image[q];
          weights += weight;
        }
      }
      assertEquals(missing[p] ? sum / weights : before[p], image[p], SOLVED);
    }
  }

  @Test
  void roadIsTheMeanOverFractionsOfWhatIsSaidOfImputedImages() {
    Tensor x = Tensor.of(Shape.of(1, 1, 4, 1), 0, 4, 8, 8);
    Tensor map = Tensor.of(Shape.of(1, 1, 4, 1), 1, 4, 3, 2);
    try (Subject first = Subject.of(t -> second(t), "the second pixel")) {
      // without the second: (0 + 8) / 2; without the second and third: 8/3 and 16/3
      var road = new Road(List.of(0.25, 0.5), Order.MOST_RELEVANT_FIRST, 0, 1);
      double got = road.of(first, x, Target.of(0), new Given(map))[0];
      assertEquals((4 + 8 / 3.0) / 2, got, 1e-6);
      var least = new Road(List.of(0.25, 0.5), Order.LEAST_RELEVANT_FIRST, 0, 1);
      assertEquals(4, least.of(first, x, Target.of(0), new Given(map))[0], 1e-6);
    }
  }

  private static Tensor second(Tensor x) {
    int n = x.shape().dim(0);
    Tensor y = Tensor.of(Shape.of(n, 1), new float[n]);
    for (int r = 0; r < n; r++) {
      y.put(r, x.at(4L * r + 1));
    }
    return y;
  }
}
