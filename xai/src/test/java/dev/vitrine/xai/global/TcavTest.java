package dev.vitrine.xai.global;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcavTest {
  private static final Target FIRST = Target.of(0);

  /** Random inputs, moved by so much along the first axis. */
  private static Tensor examples(long seed, int n, float along) {
    Tensor x = Nets.normal(seed, n, 4);
    for (int r = 0; r < n; r++) {
      x.put(4L * r, x.at(4L * r) + along);
    }
    return x;
  }

  private static List<Tensor> randoms(int sets, int n) {
    var all = new ArrayList<Tensor>();
    for (int i = 0; i < sets; i++) {
      all.add(examples(100 + i, n, 0));
    }
    return all;
  }

  @Test
  void aConceptThatTheModelReadsScoresOneAndItsOppositeZero() {
    // f = tanh(3x₀ + …): grows towards x₀ everywhere
    try (Subject s =
        Nets.subject(x -> {
          var w = Nets.matrix(x, 4, 2, 3, 0, 0.1f, 0, 0, 1, 0, 0);
          return x.tape().scope("seen", () -> x.linear(w, null)).tanh();
        })) {
      var tcav = new Tcav(Place.layer("seen"));
      Tensor x = Nets.normal(1, 50, 4);
      var r = tcav.of(s, x, FIRST, examples(2, 60, 4), randoms(6, 60));
      assertEquals(1, r.score());
      assertEquals(0, r.standardError());
      assertTrue(r.p() < 0.5, "random scores are 0 or 1: " + r.p());
      for (ConceptVector v : r.vectors()) {
        assertTrue(v.accuracy() > 0.9, "4 deviations apart: " + v.accuracy());
        assertTrue(v.direction()[0] > 0.99, "that's where they differ");
      }
      var opposite = tcav.of(s, x, FIRST, examples(2, 60, -4), randoms(6, 60));
      assertEquals(0, opposite.score());
      double[] slopes = tcav.sensitivities(s, x, FIRST, r.vectors().getFirst());
      for (double slope : slopes) {
        assertTrue(slope > 0);
      }
    }
  }

  @Test
  void aConceptThatTheModelIgnoresIsNotSignificant() {
    try (Subject s = Nets.subject(x -> x.linear(Nets.matrix(x, 4, 1, 0, 1, 1, 0), null).tanh())) {
      Tensor x = Nets.normal(1, 50, 4);
      var r = new Tcav(Place.input()).of(s, x, FIRST, examples(2, 60, 4), randoms(10, 60));
      assertTrue(r.p() > 0.05, "p = " + r.p());
      assertEquals(10, r.randomScores().length);
    }
  }

  @Test
  void oneRandomSetGivesAScoreWithoutATest() {
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      var r =
          new Tcav(Place.layer("tanh1"))
              .of(s, Nets.normal(1, 9, 4), FIRST, examples(2, 9, 2), randoms(1, 9));
      assertTrue(Double.isNaN(r.p()));
      assertTrue(Double.isNaN(r.standardError()));
      assertEquals(16, r.vectors().getFirst().direction().length);
    }
  }

  @Test
  void theBudgetChangesNoBit() {
    Tensor x = Nets.normal(1, 40, 8, 8, 1);
    Tensor concept = Nets.normal(2, 20, 8, 8, 1);
    List<Tensor> randoms = List.of(Nets.normal(3, 20, 8, 8, 1), Nets.normal(4, 20, 8, 8, 1));
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      var tcav = new Tcav(Place.layer("conv1"));
      var all = tcav.of(s, x, Target.predicted(), concept, randoms);
      var little = tcav.of(s.within(1), x, Target.predicted(), concept, randoms);
      assertArrayEquals(all.scores(), little.scores());
      assertArrayEquals(
          all.vectors().getFirst().direction(), little.vectors().getFirst().direction());
    }
  }

  @Test
  void aFunctionHasNoLayers() {
    Subject s = Rules.of("rule", 1, (x, y) -> y[0] = x[0]);
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Tcav(Place.input())
                    .of(s, Nets.row(1, 2), FIRST, Nets.row(1, 2), List.of(Nets.row(3, 4))));
    assertTrue(e.getMessage().contains("only outputs are known"), e.getMessage());
  }
}
