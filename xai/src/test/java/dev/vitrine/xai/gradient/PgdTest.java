package dev.vitrine.xai.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PgdTest {
  private static final Target TARGET = Target.of(0, 1, 2, 0, 1, 2);

  /** Images in [0, 1]. */
  private static Tensor images() {
    Tensor x = Nets.normal(91, 6, 8, 8, 1);
    for (long i = 0; i < x.size(); i++) {
      x.put(i, Math.clamp(0.5f + 0.3f * x.at(i), 0, 1));
    }
    return x;
  }

  private static float[] logits(Subject s, Tensor x) {
    float[] y = s.outputs(x).toFloats();
    float[] own = new float[6];
    for (int r = 0; r < 6; r++) {
      own[r] = y[3 * r + r % 3];
    }
    return own;
  }

  @Test
  void itLowersWhatIsExplainedAndGrowsItOnRequest() {
    Tensor x = images();
    float[] before = x.toFloats();
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Pgd pgd : new Pgd[] {Pgd.fgsm(0.05f), Pgd.steps(0.05f, 12)}) {
        float[] now = logits(s, x);
        float[] lower = logits(s, pgd.perturb(s, x, TARGET));
        float[] higher = logits(s, pgd.growing().perturb(s, x, TARGET));
        for (int r = 0; r < 6; r++) {
          assertTrue(lower[r] < now[r], pgd + ": " + lower[r] + " from " + now[r]);
          assertTrue(higher[r] > now[r], pgd + ": " + higher[r] + " from " + now[r]);
        }
      }
      assertArrayEquals(before, x.toFloats(), "the input is left alone");
    }
  }

  @Test
  void itStaysWithinItsBounds() {
    Tensor x = images();
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Tensor y = Pgd.steps(0.1f, 20).perturb(s, x, TARGET);
      float farthest = 0;
      for (long i = 0; i < x.size(); i++) {
        assertTrue(y.at(i) >= 0 && y.at(i) <= 1, "" + y.at(i));
        farthest = Math.max(farthest, Math.abs(y.at(i) - x.at(i)));
      }
      // the bound x ± ε is rounded once
      assertEquals(0.1f, farthest, 1e-7, "it goes as far as it may");
    }
  }

  @Test
  void ofALinearFunctionOneStepIsTheBest() {
    Network f = x -> x.linear(Nets.matrix(x, 4, 1, 2, -1, 0, 5), null);
    try (Subject s = Nets.subject(f)) {
      Tensor x = Nets.row(0.5f, 0.5f, 0.5f, 0.125f);
      Target t = Target.of(0);
      float[] y = Pgd.fgsm(0.25f).perturb(s, x, t).toFloats();
      assertArrayEquals(new float[] {0.25f, 0.75f, 0.5f, 0}, y);
    }
  }

  @Test
  void theRandomStartDependsOnTheSeedAlone() {
    Tensor x = images();
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Pgd pgd = new Pgd(0.1f, 0.01f, 2, 0, 1, false, true, 5);
      Pgd other = new Pgd(0.1f, 0.01f, 2, 0, 1, false, true, 6);
      float[] first = pgd.perturb(s, x, TARGET).toFloats();
      assertArrayEquals(first, pgd.perturb(s, x, TARGET).toFloats());
      assertFalse(Arrays.equals(first, other.perturb(s, x, TARGET).toFloats()));
    }
  }

  @Test
  void rowsDoNotInfluenceEachOther() {
    Tensor x = images();
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Pgd pgd = Pgd.steps(0.05f, 4);
      Tensor all = pgd.perturb(s, x, 11, TARGET);
      for (int r = 0; r < 6; r++) {
        Tensor one = pgd.perturb(s, x.rows(r, r + 1), 11 + r, Target.of(r % 3));
        assertArrayEquals(one.toFloats(), all.rows(r, r + 1).toFloats());
      }
    }
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Pgd.fgsm(0));
    assertThrows(IllegalArgumentException.class, () -> Pgd.steps(0.1f, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Pgd(0.1f, 0.1f, 1, 1, 1, false, false, 0));
  }
}
