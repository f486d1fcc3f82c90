package dev.vitrine.xai.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.rule.DeepLift;
import dev.vitrine.xai.rule.Lrp;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A layer that everything passes shares out the whole difference, as the input does. */
class LayerCompletenessTest {
  private static final int ROWS = 4;
  private static final Tensor X = Nets.normal(31, ROWS, 8, 8, 1);
  private static final Target TARGET = Target.of(2, 0, 1, 1);
  private static final List<String> LAYERS =
      List.of("conv1", "relu1", "pool1", "flatten1", "linear1", "relu2", "linear2");

  private static double size(Tensor v) {
    return IntStream.range(0, (int) v.size()).mapToDouble(i -> Math.abs(v.at(i))).sum();
  }

  @Test
  void everyLayerOfAChainIsComplete() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Baseline b = Baseline.constant(-0.5f);
      float[] start = new float[(int) X.size()];
      Arrays.fill(start, -0.5f);
      float[] from = s.outputs(Tensor.of(X.shape(), start)).toFloats();
      for (String name : LAYERS) {
        Place layer = Place.layer(name);
        for (Explainer e :
            List.of(
                new DeepLift().at(layer).baseline(b),
                new IntegratedGradients().at(layer).baseline(b).steps(300),
                new LayerConductance(layer).baseline(b))) {
          Attribution a = e.explain(s, X, TARGET);
          for (int r = 0; r < ROWS; r++) {
            double f = (double) a.outputs()[r] - from[3 * r + a.classes()[r]];
            double sum = Attribution.sum(a.row(r));
            // exact for DeepLIFT; conductance misses both ends of the path, and kinks on it
            double part = e instanceof DeepLift ? 2e-5 : e instanceof LayerConductance ? 0.1 : 0.02;
            assertEquals(f, sum, part * size(a.row(r)) + 2e-6, e + " of row " + r);
            double gap = Objects.requireNonNull(a.convergence()).gap()[r];
            assertEquals(sum - f, gap, 2e-6, e + " of row " + r);
          }
        }
      }
    }
  }

  @Test
  void aLayersAnswerIsThatOfTheRestOfTheNetwork() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (String name : LAYERS) {
        Place layer = Place.layer(name);
        float[] held = new LayerActivation(layer).explain(s, X, TARGET).values().toFloats();
        float[] slope = new Saliency(true).at(layer).explain(s, X, TARGET).values().toFloats();
        float[] product = new InputXGradient().at(layer).explain(s, X, TARGET).values().toFloats();
        for (int i = 0; i < held.length; i++) {
          assertEquals(held[i] * slope[i], product[i], name);
        }
      }
      // the last layer holds the logits themselves
      Attribution last = Lrp.epsilon().at(Place.layer("linear2")).explain(s, X, TARGET);
      for (int r = 0; r < ROWS; r++) {
        float[] one = new float[3];
        one[last.classes()[r]] = last.outputs()[r];
        assertArrayEquals(one, last.row(r).toFloats());
      }
    }
  }

  @Test
  void aNeuronIsExplainedLikeAnOutput() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Target neuron = Target.neuron(Place.layer("relu1"), 2, 3, 1);
      float[] g = new Saliency(true).explain(s, X, neuron).values().toFloats();
      Attribution lift = new DeepLift().explain(s, X, neuron);
      for (int r = 0; r < ROWS; r++) {
        boolean fires = lift.outputs()[r] > 0;
        for (int i = 0; i < 64; i++) {
          boolean seen = i / 8 >= 2 && i / 8 < 5 && i % 8 >= 3 && i % 8 < 6;
          assertTrue(seen || g[64 * r + i] == 0, "outside its field of 3 × 3 pixels");
          assertTrue(!seen || fires == (g[64 * r + i] != 0), "a ReLU that fires passes all on");
        }
        assertEquals(0, Objects.requireNonNull(lift.convergence()).gap()[r], 2e-6);
      }
    }
  }
}
