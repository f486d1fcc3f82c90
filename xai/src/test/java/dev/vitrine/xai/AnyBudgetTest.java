package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.lime.Lime;
import dev.vitrine.xai.lime.LimeTabular;
import dev.vitrine.xai.perturb.FeatureAblation;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Occlusion;
import dev.vitrine.xai.perturb.Replacement;
import dev.vitrine.xai.perturb.Rise;
import dev.vitrine.xai.shapley.ExactShapley;
import dev.vitrine.xai.shapley.KernelShap;
import dev.vitrine.xai.shapley.ShapleySampling;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever memory, threads and neighbours a row has: its explanation has the same bits. */
class AnyBudgetTest {
  private static final Tensor TABLE = Nets.normal(31, 20, 4);
  private static final Tensor ROWS = Nets.normal(32, 5, 4);
  private static final Tensor IMAGES = Nets.normal(33, 3, 8, 8, 1);

  private static List<Explainer> ofRows() {
    return List.of(
        new FeatureAblation(Features.each(), Replacement.background(TABLE)),
        new ExactShapley(Features.each(), Replacement.conditional(TABLE, 0.5)),
        new ShapleySampling(TABLE, 3).samples(7),
        new ShapleySampling(TABLE, 3).samples(4).tolerance(0.1),
        new KernelShap(TABLE, 3).samples(9).withErrors(),
        new KernelShap(TABLE, 3).samples(8).tolerance(0.05),
        LimeTabular.of(TABLE, Set.of(), 3).samples(60),
        Lime.captum(Features.each(), Replacement.draws(Baseline.drawn(TABLE, 5), 3), 40, 3));
  }

  private static List<Explainer> ofImages() {
    Features patches = Features.patches(2, 3);
    return List.of(
        Occlusion.square(3, 2).hidden(Baseline.uniform(4, 0, 1)),
        new Rise(3, 0.5, 30, 7),
        Lime.image(patches, 3).masks(Lime.Masks.drawn(50, 3)),
        new KernelShap(patches, Replacement.mean(), 3).samples(60),
        new ShapleySampling(Features.pixels(), Replacement.zero(), 3).samples(2));
  }

  @Test
  void budgetAndThreadsChangeNoBit() {
    try (Model smooth = Nets.smooth();
        Model images = Nets.images()) {
      for (Explainer e : ofRows()) {
        sameBits(smooth, e, ROWS);
      }
      for (Explainer e : ofImages()) {
        sameBits(images, e, IMAGES);
      }
    }
  }

  private static void sameBits(Model m, Explainer e, Tensor x) {
    String wanted = hash(m, e, x, 1, 1L << 30);
    String name = e.name() + " " + e.settings();
    assertEquals(wanted, hash(m, e, x, 1, 1L << 20), name + " in 1 MB");
    assertEquals(wanted, hash(m, e, x, 1, 1), name + " row by row");
    assertEquals(wanted, hash(m, e, x, 3, 1L << 30), name + " on three threads");
  }

  private static String hash(Model m, Explainer e, Tensor x, int threads, long bytes) {
    Device device = Device.of("vector", threads);
    try (Subject s = Subject.of(m, device).within(bytes)) {
      Attribution a = e.explain(s, x, 5, Target.of(1));
      Tensor error = a.standardError();
      return a.hash() + (error == null ? "" : TensorHash.of(error));
    }
  }

  @Test
  void rowsDoNotInfluenceEachOther() {
    try (Model smooth = Nets.smooth();
        Model images = Nets.images()) {
      for (Explainer e : ofRows()) {
        eachOnItsOwn(smooth, e, ROWS);
      }
      for (Explainer e : ofImages()) {
        eachOnItsOwn(images, e, IMAGES);
      }
    }
  }

  private static void eachOnItsOwn(Model m, Explainer e, Tensor x) {
    try (Subject s = Subject.of(m, Nets.SCALAR)) {
      Attribution all = e.explain(s, x, 5, Target.of(1));
      for (int r = 0; r < x.shape().dim(0); r++) {
        Attribution one = e.explain(s, x.rows(r, r + 1), 5 + r, Target.of(1));
        assertArrayEquals(
            one.values().toFloats(), all.row(r).toFloats(), e.name() + " of row " + r);
      }
    }
  }
}
