package dev.vitrine.bench.gallery;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.gelu;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.metric.ConfusionMatrix;
import dev.vitrine.nn.metric.Predictions;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Callback;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.chart.ActivationCurve;
import dev.vitrine.xai.chart.ConfusionChart;
import dev.vitrine.xai.chart.EmbeddingScatter;
import dev.vitrine.xai.chart.HistogramChart;
import dev.vitrine.xai.chart.RemovalCurve;
import dev.vitrine.xai.chart.RocChart;
import dev.vitrine.xai.chart.TrainingCurves;
import dev.vitrine.xai.embed.Points;
import dev.vitrine.xai.embed.TSne;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.inside.Activations;
import dev.vitrine.xai.inside.Curve;
import dev.vitrine.xai.layer.LayerActivation;
import dev.vitrine.xai.lime.Lime;
import dev.vitrine.xai.metric.Deletion;
import dev.vitrine.xai.metric.Removal;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Replacement;
import dev.vitrine.xai.segment.Slic;
import dev.vitrine.xai.view.Contours;
import dev.vitrine.xai.view.FeatureMapFilm;
import dev.vitrine.xai.view.Heatmap;
import dev.vitrine.xai.view.ImageGrid;
import dev.vitrine.xai.view.InputImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What a small network has learnt of drawn digits. */
final class DigitExamples {
  private static final int TRAIN = 1000;
  private static final int TEST = 300;

  /** Rows of the curves. */
  private static final int EXPLAINED = 30;

  private static final Place HIDDEN = Place.layer("relu2");

  private DigitExamples() {}

  static List<Example> of(Device device, long seed) throws IOException {
    var all = new ArrayList<Example>();
    try (Split split = DrawnDigits.of(seed, TRAIN, TEST);
        Model model =
            Model.sequential(
                    conv2d(1, 4, 5),
                    relu(),
                    maxPool2d(4),
                    flatten(),
                    linear(144, 48),
                    relu(),
                    linear(48, 10))
                .init(seed);
        Subject network = Subject.of(model, device)) {
      var film =
          new FeatureMapFilm(
              model, device, split.test().inputs().rows(0, 1), Place.layer("relu1"), 20, 4);
      List<Callback.Epoch> epochs =
          new Trainer(model)
              .device(device)
              .seed(seed)
              .optimizer(Optimizer.adam(3e-3f))
              .batch(20)
              .validate(split.test())
              .callback(film)
              .fit(split.train(), 6);
      all.addAll(pictures(network, split.test()));
      all.add(superpixels(network, split.test(), seed));
      all.addAll(NetworkExamples.of(network, model, split.test().inputs().rows(0, 1)));
      all.add(
          new Example(
              "FeatureMapFilm",
              "What the channels of the first layer hold of an image while the network learns.",
              film.animation(400)));
      all.add(Example.of("TrainingCurves", TrainingCurves.of(epochs)));
      all.addAll(scores(network, split.test()));
      all.add(Example.of("RemovalCurve", RemovalCurve.of(deletions(network, split.test()))));
      all.addAll(inside(network, split.test()));
    }
    return all;
  }

  /** Those of the package view. */
  private static List<Example> pictures(Subject network, Dataset test) {
    Tensor rows = test.inputs().rows(0, 3);
    Attribution ig = new IntegratedGradients().explain(network, rows, Target.predicted());
    Attribution saliency = new Saliency().explain(network, rows, Target.predicted());
    ImageGrid grid = ImageGrid.columns("input", "saliency", "IG");
    for (int i = 0; i < 3; i++) {
      InputImage image = image(test, i);
      grid =
          grid.row(
              test.classes().get(test.label(i)),
              image,
              Heatmap.of(saliency.row(i)).over(image),
              Heatmap.of(ig.row(i)).over(image));
    }
    return List.of(
        new Example("InputImage", "What the model saw.", image(test, 0)),
        new Example("Heatmap", "What each pixel adds, red, or takes, blue.", Heatmap.of(ig.row(0))),
        new Example(
            "Overlay", "The same over the image.", Heatmap.of(ig.row(0)).over(image(test, 0))),
        new Example("ImageGrid", "Rows by methods.", grid));
  }

  /** LIME's, over what it says of them. */
  private static Example superpixels(Subject network, Dataset test, long seed) {
    var by = new Slic(30);
    Tensor x = test.input(0);
    Attribution lime =
        Lime.image(Features.segments(by), seed)
            .replacement(Replacement.zero())
            .explain(network, x, Target.predicted());
    return new Example(
        "Contours",
        "The superpixels that LIME hides, and what each adds or takes.",
        Contours.of(
            Heatmap.of(lime.row(0)).over(image(test, 0)),
            by.segment(x.reshape(x.shape().without(0)))));
  }

  private static InputImage image(Dataset data, int i) {
    return InputImage.of(data.input(i));
  }

  private static List<Example> scores(Subject network, Dataset test) {
    Tensor outputs = network.outputs(test.inputs());
    var matrix =
        new ConfusionMatrix(
            test.classes().size(), Predictions.of(outputs), test.targets().toInts());
    return List.of(
        Example.of("ConfusionChart", ConfusionChart.of(matrix, test.classes())),
        Example.of("RocChart", RocChart.of(outputs, test.targets(), test.classes())));
  }

  private static LinkedHashMap<String, List<dev.vitrine.xai.metric.Curve>> deletions(
      Subject network, Dataset test) {
    Tensor rows = test.inputs().rows(0, EXPLAINED);
    Target target = Target.predicted().probability();
    var deletion = new Deletion(Removal.zeros(), 28);
    var curves = new LinkedHashMap<String, List<dev.vitrine.xai.metric.Curve>>();
    try (Question q = Question.of(network, rows, 0, target)) {
      for (Explainer method :
          List.of(new IntegratedGradients(), new InputXGradient(), new Saliency())) {
        Attribution a = method.explain(network, rows, target);
        curves.put(a.provenance().method(), deletion.curves(q, a));
      }
    }
    return curves;
  }

  private static List<Example> inside(Subject network, Dataset test) {
    Attribution held =
        new LayerActivation(HIDDEN).explain(network, test.inputs(), Target.predicted());
    Points map = new TSne(20).of(Points.of(held.values())).points();
    int[] labels = test.targets().toInts();
    return List.of(
        Example.of(
            "HistogramChart",
            HistogramChart.of(Activations.of(network, test.inputs(), HIDDEN, 40))),
        Example.of("ActivationCurve", ActivationCurve.of(Curve.of(gelu(), -4, 4, 161), "GELU")),
        Example.of("EmbeddingScatter", EmbeddingScatter.of(map, labels, test.classes())),
        Example.of(
            "EmbeddingScatter with images",
            EmbeddingScatter.of(map, labels, test.classes(), test.inputs())));
  }
}
