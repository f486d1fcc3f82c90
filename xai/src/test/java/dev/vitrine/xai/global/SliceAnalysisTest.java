package dev.vitrine.xai.global;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceAnalysisTest {

  /** A rule that is right but where a > 1, with labels that say so. */
  private static final Subject RULE =
      Rules.of(
          "rule",
          2,
          (x, y) -> {
            y[0] = 0;
            y[1] = x[1];
          });

  private static int[] labels(Tensor x) {
    int[] labels = new int[x.shape().dim(0)];
    for (int r = 0; r < labels.length; r++) {
      boolean yes = x.at(2L * r + 1) > 0;
      labels[r] = yes == x.at(2L * r) <= 1 ? 1 : 0;
    }
    return labels;
  }

  @Test
  void theSliceWhereTheRuleFailsComesFirst() {
    Tensor x = Nets.normal(1, 400, 2);
    int[] labels = labels(x);
    Tensor y = Tensor.of(Shape.of(400), labels);
    var edges = new Axis(new Feature(0, "a"), new double[] {-1, 0, 1, 9});
    var slices = new ArrayList<>(Slice.byRange(x, edges));
    slices.add(Slice.all(400));
    slices.add(new Slice("nobody", new int[0]));
    slices.addAll(Slice.byClass(labels, List.of("no")));
    var results = new SliceAnalysis(Score.accuracy(), 0).of(RULE, x, y, slices);
    assertEquals(slices.size() - 1, results.size(), "a slice without rows has no score");
    var worst = results.getFirst();
    assertEquals("1 < a <= 9", worst.slice().name());
    assertEquals(0, worst.score());
    assertTrue(worst.isWorse());
    assertEquals(1, results.getLast().score());
    assertFalse(results.getLast().isWorse());
    for (var r : results) {
      assertTrue(r.interval().low() <= r.score() && r.score() <= r.interval().high());
      if (r.slice().name().equals("all")) {
        assertEquals(0, r.difference());
      }
    }
    assertTrue(results.stream().anyMatch(r -> r.slice().name().equals("class 1")));
  }

  @Test
  void otherScoresAreBootstrappedAlikeWhateverOtherSlicesThereAre() {
    Tensor x = Nets.normal(3, 60, 2);
    Tensor y = Nets.normal(4, 60, 1);
    Subject s = Rules.of("a", 1, (row, out) -> out[0] = row[0]);
    var analysis = new SliceAnalysis(Score.mse(), 200, 9);
    var half = Slice.where("half", 60, r -> r < 30);
    var alone = analysis.of(s, x, y, List.of(half)).getFirst();
    var among = analysis.of(s, x, y, List.of(Slice.all(60), half));
    assertTrue(among.stream().anyMatch(r -> r.interval().equals(alone.interval())));
    double sum = 0;
    for (int r = 0; r < 30; r++) {
      double d = (double) x.at(2L * r) - y.at(r);
      sum += d * d;
    }
    assertEquals(-sum / 30, alone.score(), 1e-15);
  }

  @Test
  void crossedSlicesAreInBoth() {
    var even = List.of(Slice.where("even", 10, r -> r % 2 == 0));
    var parts = List.of(Slice.where("low", 10, r -> r < 5), Slice.where("none", 10, r -> r == 7));
    var crossed = Slice.crossed(even, parts);
    assertEquals(1, crossed.size(), "7 is not even");
    assertEquals("even, low", crossed.getFirst().name());
    assertArrayEquals(new int[] {0, 2, 4}, crossed.getFirst().rows());
  }
}
