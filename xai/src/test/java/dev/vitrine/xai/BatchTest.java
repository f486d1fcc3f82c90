package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A batch of n rows is explained as n batches of one row, bit for bit. */
class BatchTest {
  static final List<Explainer> METHODS =
      List.of(
          new Saliency(),
          new Saliency(true),
          new InputXGradient(),
          new IntegratedGradients(),
          new IntegratedGradients().tolerance(1e-3),
          new IntegratedGradients().baseline(Baseline.constant(0.25f)).budget(1 << 16));

  private static final int[] CLASSES = {2, 0, 1, 1, 0, 2, 2};

  @Test
  void rowsDoNotInfluenceEachOther() {
    Tensor x = Nets.normal(11, CLASSES.length, 8, 8, 1);
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Explainer method : METHODS) {
        for (Target.Scale scale : Target.Scale.values()) {
          Attribution all = method.explain(s, x, new Target(scale, CLASSES, null));
          for (int r = 0; r < CLASSES.length; r++) {
            Tensor row = x.rows(r, r + 1);
            Attribution one =
                method.explain(s, row, new Target(scale, new int[] {CLASSES[r]}, null));
            String what = method + " of row " + r + ", " + scale;
            assertArrayEquals(one.values().toFloats(), all.row(r).toFloats(), what);
            assertEquals(one.outputs()[0], all.outputs()[r], what);
            assertEquals(CLASSES[r], all.classes()[r], what);
          }
        }
      }
    }
  }
}
