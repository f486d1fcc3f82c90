package dev.vitrine.bench.report;

import dev.vitrine.bench.run.Explanations;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.global.AttributionSummary;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.view.Heatmap;
import dev.vitrine.xai.view.ImageGrid;
import dev.vitrine.xai.view.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * Of images: grids of heatmaps by method.
 *
 * @param reference what methods compare a row with
 * @param methods whose heatmaps are shown
 */
record ImageViews(
    Model model,
    Dataset test,
    Reference reference,
    List<String> methods,
    Device device,
    Progress progress)
    implements Views {
  private static final int SUMMARISED = 500;
  private static final int METHODS = 8;

  /** Pixels of an image's longer side: with so many methods as wide as the text. */
  private static final int TILE = 84;

  @Override
  public List<Figure> mistakes(int[] rows) {
    return explained(
        rows,
        "The wrongly classified images, explained by %s, a row each",
        "Red pixels speak for the class that the model named, blue ones against it. Left: the true class → the named one.");
  }

  @Override
  public List<Figure> examples() {
    return explained(
        Explanations.oneOfEach(test),
        "The first test image of each class, explained by %s, a row each",
        "The first test image of each class; the colours of a column share a scale, whose end stands below it.");
  }

  /** So few methods on a picture that it fits on a page. */
  private List<Figure> explained(int[] rows, String shows, String caption) {
    var all =
        Explanations.of(
            model, test, reference, rows, methods, Target.predicted(), device, progress);
    var shape = test.inputs().shape();
    int factor = Math.max(1, TILE / Math.max(shape.dim(1), shape.dim(2)));
    var figures = new ArrayList<Figure>();
    for (var grid : all.grids(METHODS)) {
      // What is true of all is said once.
      figures.add(
          Figure.of(
              grid.picture().withFactor(factor),
              shows.formatted(String.join(", ", grid.methods())),
              figures.isEmpty() ? caption : "More methods, the same images."));
    }
    return figures;
  }

  /** Mean |x·g| by predicted class. */
  @Override
  public List<Figure> global() {
    int rows = Math.min(SUMMARISED, test.size());
    Attribution a;
    try (Subject subject = Subject.of(model, device)) {
      a = new InputXGradient().explain(subject, test.inputs().rows(0, rows), Target.predicted());
    }
    var byClass = AttributionSummary.of(a).byClass();
    int[] shape = test.inputs().shape().without(0).dims();
    String[] captions =
        byClass.keySet().stream().map(c -> test.classes().get(c)).toArray(String[]::new);
    Tile[] maps =
        byClass.values().stream()
            .map(m -> Heatmap.of(floats(m.amount()), shape))
            .toArray(Tile[]::new);
    return List.of(
        Figure.of(
            ImageGrid.columns(captions).row("mean", maps),
            "A heatmap for each class",
            "Mean |input × gradient| over the first %d test images, by predicted class: what the answers rest on."
                .formatted(rows)));
  }

  private static float[] floats(double[] values) {
    float[] f = new float[values.length];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) values[i];
    }
    return f;
  }
}
