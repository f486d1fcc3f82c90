package dev.vitrine.xai.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.Noise;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.gradient.SmoothGrad;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Occlusion;
import dev.vitrine.xai.perturb.Replacement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is promised of all metrics: a new one is added to the lists here. */
class EveryMetricTest {
  private static final Tensor X = Nets.normal(5, 5, 8, 8, 1);
  private static final Similarity SPEARMAN = Similarity.of(Correlation.SPEARMAN);

  /** A method with random numbers of its own. */
  private static final Explainer METHOD =
      new SmoothGrad(new Saliency(true)).noise(Noise.normal(0.2f, 1)).samples(3);

  /** Those that need outputs alone. */
  private static List<Metric> ofAnyPredictor() {
    Removal each = Removal.zeros();
    Removal patches = new Removal(Features.patches(2, 2), Replacement.mean());
    Perturbation small = Perturbation.uniform(0.05f, 1);
    var masks = new Masks(halves());
    return List.of(
        new CompletenessGap(Replacement.zero(), false),
        new CompletenessGap(Replacement.zero(), true),
        new Complexity(),
        new Comprehensiveness(each),
        new Deletion(each, 7),
        new EffectiveComplexity(patches, 0.1),
        new FaithfulnessCorrelation(each, Subsets.drawn(1), 9, 10),
        new Infidelity(Perturbation.normal(0.1f, 1), 9, false),
        new Infidelity(Perturbation.dropped(0, 0.3f, 1), 9, true),
        new Insertion(patches, 3),
        new LocalLipschitz(small, 4),
        new LocalisationAuc(masks),
        new MuFidelity(patches, Subsets.drawn(2), 0.2, 10),
        PixelFlipping.of(-1, 1, 9),
        new PointingGame(masks),
        new PredictionGap(small, 0.25, 5, true),
        new PredictionGap(small, 0.25, 5, false),
        new RandomLogit(SPEARMAN, 1),
        RegionPerturbation.of(3, 5, -1, 1, 4),
        RelativeStability.input(small, 4),
        RelativeStability.output(small, 4),
        new RelevanceMass(masks),
        new RelevanceRank(masks),
        new Road(1),
        new SalientCount(0.3),
        new Sensitivity(small, 5, false),
        new Sensitivity(small, 5, true),
        new Sensitivity(small, 5, false, Sensitivity.Relative.TO_INPUT),
        new SensitivityN(each, Subsets.drawn(1), List.of(3, 30), 8),
        new Sparseness(),
        new Sufficiency(patches),
        new TopKIntersection(masks, 9));
  }

  /** A mask for each row. */
  private static Tensor halves() {
    Tensor masks = Nets.normal(7, 5, 8, 8, 1);
    for (int i = 0; i < masks.size(); i++) {
      masks.put(i, masks.at(i) > 0 ? 1 : 0);
    }
    return masks;
  }

  private static List<Metric> of(Model m) {
    var all = new ArrayList<>(ofAnyPredictor());
    all.add(
        RelativeStability.representation(Place.layer("relu1"), Perturbation.uniform(0.05f, 1), 4));
    all.add(new ParameterRandomisation(m, SPEARMAN, true, 2));
    all.add(new ParameterRandomisation(m, SPEARMAN.ofMagnitudes(), false, 2));
    return all;
  }

  @Test
  void aRowHasTheSameBitsAloneInAnyOrderAndWithinAnyBudget() {
    int[] order = {3, 0, 4, 1, 2};
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR);
        Subject small = s.within(1 << 12);
        Subject large = s.within(1 << 30);
        Question q = Question.of(s, X, 0, Target.predicted());
        Question little = Question.of(small, X, 0, Target.predicted());
        Question much = Question.of(large, X, 0, Target.predicted());
        Question turned = q.rows(order)) {
      for (Metric metric : of(m)) {
        double[] all = metric.of(q, METHOD, METHOD.explain(q));
        assertArrayEquals(all, metric.of(little, METHOD, METHOD.explain(little)), metric.name());
        assertArrayEquals(all, metric.of(much, METHOD, METHOD.explain(much)), metric.name());
        double[] other = metric.of(turned, METHOD, METHOD.explain(turned));
        for (int i = 0; i < order.length; i++) {
          assertEquals(all[order[i]], other[i], metric.name());
        }
        try (Question alone = q.rows(4)) {
          assertEquals(all[4], metric.of(alone, METHOD, METHOD.explain(alone))[0], metric.name());
        }
      }
    }
  }

  @Test
  void theAttributionAndTheInputAreNotChanged() {
    Tensor x = X.copy();
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR);
        Question q = Question.of(s, x, 0, Target.predicted())) {
      Attribution a = METHOD.explain(q);
      String before = a.hash();
      String model = m.hash();
      for (Metric metric : of(m)) {
        metric.of(q, METHOD, a);
        assertEquals(before, a.hash(), metric.name());
        assertArrayEquals(X.toFloats(), x.toFloats(), metric.name());
        assertEquals(model, m.hash(), metric.name());
      }
    }
  }

  @Test
  void aFunctionOfWhichOnlyOutputsAreKnownIsJudgedLikeTheNetworkItIs() {
    Explainer method = Occlusion.square(2, 2);
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR);
        Subject function = Subject.of(s::outputs, "images")) {
      for (Metric metric : ofAnyPredictor()) {
        double[] want = metric.of(s, X, Target.predicted(), method);
        assertArrayEquals(want, metric.of(function, X, Target.predicted(), method), metric.name());
      }
    }
  }

  @Test
  void everyNumberHereExistsAndNamesTellMetricsApart() {
    var seen = new HashSet<String>();
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Metric metric : of(m)) {
        for (double v : metric.of(s, X, Target.predicted(), METHOD)) {
          assertFalse(Double.isNaN(v), metric.name());
        }
        seen.add(metric.name() + metric.settings());
      }
      assertEquals(of(m).size(), seen.size());
    }
  }
}
