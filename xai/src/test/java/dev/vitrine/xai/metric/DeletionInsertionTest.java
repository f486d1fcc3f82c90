package dev.vitrine.xai.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.InputXGradient;
import org.junit.jupiter.api.Test;

class DeletionInsertionTest {
  private static final DeletionInsertion ONE_BY_ONE = new DeletionInsertion(0, 1);
  private static final float[] W = {0.4f, 0.3f, 0.2f, 0.1f};

  /** f = Σ w_i·x_i, whose attributions are w. */
  private static Subject linear() {
    return Nets.subject(x -> x.linear(Nets.matrix(x, 4, 1, W), null));
  }

  @Test
  void theAreasOfALinearFunctionAreThoseWorkedOutByHand() {
    try (Subject s = linear()) {
      var c = ONE_BY_ONE.of(s, Nets.row(1, 1, 1, 1), Target.of(0), Nets.row(W));
      assertArrayEquals(new double[] {0, 0.25, 0.5, 0.75, 1}, c.fractions());
      // sums of four floats of size 1
      assertArrayEquals(new float[] {1, 0.6f, 0.3f, 0.1f, 0}, c.deletion()[0], 1e-6f);
      assertEquals(0.375, c.deletionArea()[0], 1e-6);
      assertEquals(0.625, c.insertionArea()[0], 1e-6);
    }
  }

  @Test
  void theWorstOrderTurnsTheAreasRound() {
    try (Subject s = linear()) {
      Tensor reversed = Nets.row(-0.4f, -0.3f, -0.2f, -0.1f);
      var c = ONE_BY_ONE.of(s, Nets.row(1, 1, 1, 1), Target.of(0), reversed);
      assertEquals(0.625, c.deletionArea()[0], 1e-6);
      assertEquals(0.375, c.insertionArea()[0], 1e-6);
    }
  }

  @Test
  void theLastStepMayBeShorter() {
    try (Subject s = linear()) {
      var c = new DeletionInsertion(0, 3).of(s, Nets.row(1, 1, 1, 1), Target.of(0), Nets.row(W));
      assertArrayEquals(new double[] {0, 0.75, 1}, c.fractions());
      assertArrayEquals(new float[] {1, 0.1f, 0}, c.deletion()[0], 1e-6f);
    }
  }

  @Test
  void rowsDoNotInfluenceEachOther() {
    Tensor x = Nets.normal(3, 4, 8, 8, 1);
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Attribution a = new InputXGradient().explain(s, x, Target.predicted());
      Target known = Target.of(a.classes()).probability();
      var metric = new DeletionInsertion(0, 5);
      var all = metric.of(s, x, known, a.values());
      for (int r = 0; r < 4; r++) {
        Target own = Target.of(a.classes()[r]).probability();
        var one = metric.of(s, x.rows(r, r + 1), own, a.values().rows(r, r + 1));
        assertArrayEquals(one.deletion()[0], all.deletion()[r]);
        assertArrayEquals(one.insertion()[0], all.insertion()[r]);
      }
    }
  }

  @Test
  void attributionsOfAnotherShapeAreRefused() {
    try (Subject s = linear()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> ONE_BY_ONE.of(s, Nets.row(1, 1, 1, 1), Target.of(0), Nets.row(1, 2)));
    }
    assertThrows(IllegalArgumentException.class, () -> new DeletionInsertion(0, 0));
  }
}
