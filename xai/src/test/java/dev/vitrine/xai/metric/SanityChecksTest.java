package dev.vitrine.xai.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.Saliency;
import java.util.List;
import org.junit.jupiter.api.Test;

class SanityChecksTest {
  private static final Similarity SPEARMAN = Similarity.of(Correlation.SPEARMAN);
  private static final Saliency GRADIENT = new Saliency(true);

  @Test
  void theCallersModelIsUntouchedAndEachLayerChangesInTurn() {
    Tensor x = Nets.normal(1, 3, 8, 8, 2);
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR);
        Question q = Question.of(s, x, 0, Target.predicted())) {
      String before = m.hash();
      var a = GRADIENT.explain(q);
      for (boolean cascading : new boolean[] {true, false}) {
        var check = new ParameterRandomisation(m, SPEARMAN, cascading, 3);
        var layers = check.similarities(q, GRADIENT, a);
        assertEquals("linear2", layers.keySet().iterator().next());
        assertEquals(9, layers.size(), layers.keySet().toString());
        double[] all = check.of(q, GRADIENT, a);
        for (int r = 0; r < 3; r++) {
          int row = r;
          double mean = layers.values().stream().mapToDouble(v -> v[row]).average().orElseThrow();
          // nine terms, added in another order
          assertEquals(mean, all[r], 1e-15);
          assertTrue(all[r] < 0.9, "the gradient notices");
        }
      }
      assertEquals(before, m.hash());
    }
  }

  @Test
  void theLastStepOfTheCascadeIsAnotherModelAltogether() {
    Tensor x = Nets.normal(1, 2, 4);
    try (Model m = Nets.smooth();
        Model fresh = Nets.smooth().init(3);
        Subject s = Subject.of(m, Nets.SCALAR);
        Subject other = Subject.of(fresh, Nets.SCALAR);
        Question q = Question.of(s, x, 0, Target.predicted());
        Question about = q.of(other)) {
      var a = GRADIENT.explain(q);
      var check = new ParameterRandomisation(m, SPEARMAN, true, 3);
      double[] last = check.similarities(q, GRADIENT, a).get("linear1");
      double[][] maps = Maps.of(a.values());
      double[][] others = Maps.of(GRADIENT.explain(about).values());
      assertEquals(SPEARMAN.of(maps[1], others[1]), last[1]);
    }
  }

  @Test
  void whatIgnoresTheNetworkIsFoundOut() {
    Tensor x = Nets.normal(1, 2, 4);
    var blind = new Given(x);
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Metric check :
          List.of(
              new ParameterRandomisation(m, SPEARMAN, true, 3),
              new ParameterRandomisation(m, SPEARMAN, false, 3),
              new RandomLogit(SPEARMAN, 3))) {
        // means of ones
        assertArrayEquals(
            new double[] {1, 1}, check.of(s, x, Target.predicted(), blind), 1e-15, check.name());
      }
    }
  }

  @Test
  void theOtherLogitIsAnotherOne() {
    Tensor x = Nets.normal(1, 40, 4);
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      double[] same = new RandomLogit(SPEARMAN, 3).of(s, x, Target.of(1), GRADIENT);
      double[][] first = Maps.of(GRADIENT.explain(s, x, Target.of(0)).values());
      double[][] own = Maps.of(GRADIENT.explain(s, x, Target.of(1)).values());
      double[][] last = Maps.of(GRADIENT.explain(s, x, Target.of(2)).values());
      int firsts = 0;
      for (int r = 0; r < same.length; r++) {
        double zero = SPEARMAN.of(own[r], first[r]);
        double two = SPEARMAN.of(own[r], last[r]);
        assertTrue(same[r] == zero || same[r] == two);
        firsts += same[r] == zero ? 1 : 0;
      }
      assertTrue(firsts > 5 && firsts < 35, firsts + " of 40 drew the first class");
    }
  }

  @Test
  void anotherModelAndASingleOutputAreRefused() {
    Tensor x = Nets.normal(1, 2, 4);
    try (Model m = Nets.smooth();
        Model other = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR);
        Subject one = Nets.subject(v -> v.linear(Nets.matrix(v, 4, 1, 1, 2, 3, 4), null))) {
      var check = new ParameterRandomisation(other, SPEARMAN, true, 3);
      assertThrows(IllegalArgumentException.class, () -> check.of(s, x, Target.of(0), GRADIENT));
      var logit = new RandomLogit(SPEARMAN, 1);
      assertThrows(IllegalArgumentException.class, () -> logit.of(one, x, Target.of(0), GRADIENT));
    }
  }
}
