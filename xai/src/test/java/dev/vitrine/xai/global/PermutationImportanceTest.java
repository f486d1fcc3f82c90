package dev.vitrine.xai.global;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.perturb.Features;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermutationImportanceTest {

  /** Case 28: f = x over {0, 1, 2, 3}: 2.5 over all 24 permutations, which are taken in turn. */
  @Test
  void ofTheIdentityItIsTwiceTheVariance() {
    Subject s = Rules.of("x", 1, (x, y) -> y[0] = x[0]);
    Tensor x = Tensor.of(Shape.of(4, 1), 0, 1, 2, 3);
    List<int[]> all = new ArrayList<>();
    permutations(new int[] {0, 1, 2, 3}, 0, all);
    var importance =
        new PermutationImportance(Score.mse(), 24, Features.each(), (j, k, n) -> all.get(k))
            .of(s, x, x);
    assertEquals(0, 0 + importance.score());
    assertEquals(2.5, importance.mean()[0], 1e-15, "a sum of 24 quarters");
    assertEquals(2 * 1.25, importance.mean()[0], 1e-15, "2 Var x");
  }

  private static void permutations(int[] p, int from, List<int[]> all) {
    if (from == p.length) {
      all.add(p.clone());
    }
    for (int i = from; i < p.length; i++) {
      int[] q = p.clone();
      q[from] = p[i];
      q[i] = p[from];
      permutations(q, from + 1, all);
    }
  }

  @Test
  void drawnPermutationsComeNear() {
    Subject s = Rules.of("x", 1, (x, y) -> y[0] = x[0]);
    Tensor x = Tensor.of(Shape.of(4, 2), 0, 9, 1, 8, 2, 7, 3, 6);
    Tensor y = Tensor.of(Shape.of(4), 0, 1, 2, 3);
    var importance = new PermutationImportance(Score.mse(), 400, 3).of(s, x, y);
    assertEquals(2.5, importance.mean()[0], 4 * importance.standardError()[0], "4 standard errors");
    assertArrayEquals(new double[400], importance.values()[1], "nobody reads it");
    assertEquals(0, importance.deviation()[1]);
  }

  @Test
  void elementsOfAFeatureStayTogether() {
    Subject s = Rules.of("a - b", 1, (x, y) -> y[0] = x[0] - x[1] + x[2]);
    Tensor x = Tensor.of(Shape.of(3, 3), 1, 1, 0, 2, 2, 0, 3, 3, 0);
    Tensor y = Tensor.of(Shape.of(3, 1), 0, 0, 0);
    Features pair = Features.labelled(Tensor.of(Shape.of(3), new int[] {4, 4, 9}));
    var importance =
        new PermutationImportance(Score.mse(), 5, pair, PermutationImportance.Orders.drawn(1))
            .of(s, x, y);
    assertEquals(2, importance.values().length);
    assertArrayEquals(new double[5], importance.values()[0], "a and b cancel in every row");
  }

  @Test
  void aRatioSaysHowManyTimesTheErrorGrows() {
    Subject s = Rules.of("x + 1", 1, (x, y) -> y[0] = x[0] + 1);
    Tensor x = Tensor.of(Shape.of(2, 1), 0, 2);
    var swap =
        new PermutationImportance(Score.mse(), 1, Features.each(), (j, k, n) -> new int[] {1, 0});
    // errors 1 and 1; swapped 3 − 0 and 1 − 2: (9 + 1)/2
    assertEquals(5, swap.of(s, x, x).ratio()[0]);
  }

  @Test
  void theBudgetChangesNoBit() {
    Tensor x = Nets.normal(4, 300, 4);
    int[] labels = new int[300];
    for (int r = 0; r < 300; r++) {
      labels[r] = r % 3;
    }
    Tensor y = Tensor.of(Shape.of(300), labels);
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Score score : List.of(Score.accuracy(), Score.logLoss())) {
        var method = new PermutationImportance(score, 2, 11);
        double[][] all = method.of(s, x, y).values();
        double[][] little = method.of(s.within(1 << 10), x, y).values();
        for (int j = 0; j < 4; j++) {
          assertArrayEquals(all[j], little[j]);
        }
      }
    }
  }
}
