package dev.vitrine.bench.gallery;

import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.tanh;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.chart.AlePlot;
import dev.vitrine.xai.chart.AttributionHeatmap;
import dev.vitrine.xai.chart.Beeswarm;
import dev.vitrine.xai.chart.DecisionPlot;
import dev.vitrine.xai.chart.DependenceMap;
import dev.vitrine.xai.chart.DependenceScatter;
import dev.vitrine.xai.chart.FeatureOrder;
import dev.vitrine.xai.chart.ForcePlot;
import dev.vitrine.xai.chart.Importance;
import dev.vitrine.xai.chart.InstanceOrder;
import dev.vitrine.xai.chart.PartialDependencePlot;
import dev.vitrine.xai.chart.Waterfall;
import dev.vitrine.xai.global.AccumulatedEffects;
import dev.vitrine.xai.global.AccumulatedInteraction;
import dev.vitrine.xai.global.AttributionSummary;
import dev.vitrine.xai.global.Dependence;
import dev.vitrine.xai.global.Feature;
import dev.vitrine.xai.global.PartialDependence;
import dev.vitrine.xai.global.PermutationImportance;
import dev.vitrine.xai.global.Score;
import dev.vitrine.xai.gradient.IntegratedGradients;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a small network has learnt of a table. */
final class TableExamples {
  private static final int ROWS = 300;

  private TableExamples() {}

  static List<Example> of(Device device, long seed) throws IOException {
    List<String> names = DrawnTable.COLUMNS;
    DrawnTable table = DrawnTable.of(seed, ROWS);
    var all = new ArrayList<Example>();
    try (Model model =
            Model.sequential(linear(names.size(), 16), tanh(), linear(16, 2)).init(seed);
        Subject network = Subject.of(model, device)) {
      new Trainer(model)
          .device(device)
          .seed(seed)
          .optimizer(Optimizer.adam(1e-2f))
          .batch(32)
          .fit(table.data(), 20);
      Tensor x = table.raw();
      Attribution a =
          new IntegratedGradients()
              .tolerance(1e-3)
              .explain(network, table.data().inputs(), Target.of(1).minus(0));
      all.add(Example.of("Importance", Importance.of(AttributionSummary.of(a).all(), names)));
      all.add(Example.of("Waterfall", Waterfall.of(a, x, 0, names)));
      all.add(Example.of("Beeswarm", Beeswarm.of(a, x, names)));
      all.add(
          Example.of(
              "Beeswarm by maximum", Beeswarm.of(a, x, names, names.size(), FeatureOrder.MAX)));
      all.add(Example.of("DependenceScatter", DependenceScatter.of(a, x, names, 5, 0)));
      all.add(Example.of("DecisionPlot", DecisionPlot.of(some(network, table), names)));
      all.add(Example.of("ForcePlot", ForcePlot.of(a, x, 1, names)));
      all.add(Example.of("AttributionHeatmap", AttributionHeatmap.of(a, names)));
      all.add(
          Example.of(
              "AttributionHeatmap by similarity",
              AttributionHeatmap.of(a, names, names.size(), InstanceOrder.SIMILARITY)));
      // What only asks for outputs is asked in the columns' own units.
      try (Subject any =
          Subject.of(rows -> network.outputs(DrawnTable.standardised(rows)), "runners")) {
        all.add(
            Example.of(
                "Importance by permutation",
                Importance.of(
                    new PermutationImportance(Score.accuracy(), 10, seed)
                        .of(any, x, table.data().targets()),
                    names)));
        Target finishes = Target.of(1).minus(0);
        Dependence d = new PartialDependence().of(any, x, finishes, new Feature(5, names.get(5)));
        all.add(Example.of("PartialDependencePlot", PartialDependencePlot.of(d, x)));
        all.add(Example.of("PartialDependencePlot, centred", PartialDependencePlot.centred(d, x)));
        var sleep = new Feature(4, names.get(4));
        var effects = new AccumulatedEffects(20).of(any, x, finishes, sleep);
        all.add(Example.of("AlePlot", AlePlot.of(effects, x, effects.band(200, seed))));
        Feature age = new Feature(0, names.getFirst());
        Feature steps = new Feature(5, names.get(5));
        Dependence both = new PartialDependence(30, 0.02, 0.98).of(any, x, finishes, age, steps);
        all.add(Example.of("DependenceMap", DependenceMap.of(both, x)));
        var together = new AccumulatedInteraction(8).of(any, x, finishes, age, steps);
        all.add(Example.of("DependenceMap of an interaction", DependenceMap.of(together, x)));
      }
    }
    return all;
  }

  /** So few rows that each line can be followed. */
  private static Attribution some(Subject network, DrawnTable table) {
    return new IntegratedGradients()
        .tolerance(1e-3)
        .explain(network, table.data().inputs().rows(0, 40), Target.of(1).minus(0));
  }
}
