package dev.vitrine.bench.gallery;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.chart.Chart;
import dev.vitrine.xai.chart.LedgerFlow;
import dev.vitrine.xai.chart.TapeGraph;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.layer.LayerActivation;
import dev.vitrine.xai.rule.Composite;
import dev.vitrine.xai.rule.Lrp;
import dev.vitrine.xai.view.Animation;
import dev.vitrine.xai.view.Heatmap;
import dev.vitrine.xai.view.ImageGrid;
import dev.vitrine.xai.view.InputImage;
import dev.vitrine.xai.view.Mosaic;
import dev.vitrine.xai.view.Picture;
import dev.vitrine.xai.view.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What goes on in a network while it sees one image, and while it is explained. */
final class NetworkExamples {
  private static final int STEPS = 16;
  private static final int MILLIS = 250;

  private NetworkExamples() {}

  /**
   * Of a convolutional network.
   *
   * @param x one image, [1, h, w, c]
   */
  static List<Example> of(Subject network, Model model, Tensor x) {
    Tensor maps =
        new LayerActivation(Place.layer("relu1")).explain(network, x, Target.predicted()).values();
    Attribution lrp =
        new Lrp(Composite.epsilon(0.25f)).withLedger().explain(network, x, Target.predicted());
    return List.of(
        new Example(
            "Mosaic",
            "What each channel of the first layer holds of an image.",
            Mosaic.channels(maps)),
        new Example(
            "Mosaic of filters",
            "The filters of the first layer.",
            Mosaic.filters(model.parameters().getFirst().value())),
        Example.of("TapeGraph", tape(network, x)),
        Example.of("LedgerFlow", LedgerFlow.of(lrp, 0)),
        new Example(
            "Animation",
            "Integrated gradients on their way from black to the image: the image at α, the gradient"
                + " there, and the sum so far.",
            path(network, x)));
  }

  private static Chart tape(Subject network, Tensor x) {
    try (Tape tape = Tape.recording(network.device())) {
      network.network().record(tape.input("x", x.shape()));
      return TapeGraph.of(tape);
    }
  }

  /** x·Σ g(α·x)/n, a frame per step: the midpoint rule. */
  private static Animation path(Subject network, Tensor x) {
    int n = Math.toIntExact(x.size());
    float[] image = x.toFloats();
    float[] along = new float[STEPS * n];
    for (int i = 0; i < along.length; i++) {
      along[i] = alpha(i / n) * image[i % n];
    }
    Shape one = x.shape().without(0);
    int[] all = x.shape().dims();
    all[0] = STEPS;
    int said = new Saliency().explain(network, x, Target.predicted()).classes()[0];
    float[] gradients =
        new Saliency(true)
            .explain(network, Tensor.of(Shape.of(all), along), Target.of(said))
            .values()
            .toFloats();
    var slopes = new ArrayList<Heatmap>();
    var sums = new ArrayList<Heatmap>();
    float[] sum = new float[n];
    for (int k = 0; k < STEPS; k++) {
      float[] g = Arrays.copyOfRange(gradients, k * n, (k + 1) * n);
      for (int i = 0; i < n; i++) {
        sum[i] += image[i] * g[i] / STEPS;
      }
      slopes.add(Heatmap.of(g, one.dims()));
      sums.add(Heatmap.of(sum.clone(), one.dims()));
    }
    // One scale for all frames, so that the sum is seen to grow.
    Scale slope = Scale.percentile(99, slopes.toArray(Heatmap[]::new));
    Scale total = Scale.max(sums.getLast());
    var frames = new ArrayList<Picture>();
    for (int k = 0; k < STEPS; k++) {
      float[] at = Arrays.copyOfRange(along, k * n, (k + 1) * n);
      frames.add(
          ImageGrid.columns("image", "gradient", "sum so far")
              .withSharing(ImageGrid.Sharing.CELL)
              .row(
                  String.format(Locale.ROOT, "α = %.2f", alpha(k)),
                  InputImage.of(at, one.dims()).withRange(0, 1),
                  slopes.get(k).withScale(slope),
                  sums.get(k).withScale(total)));
    }
    return new Animation(frames, MILLIS);
  }

  private static float alpha(int step) {
    return (step + 0.5f) / STEPS;
  }
}
