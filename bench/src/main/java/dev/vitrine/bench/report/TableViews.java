package dev.vitrine.bench.report;

import dev.vitrine.bench.run.Explanations;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.chart.Beeswarm;
import dev.vitrine.xai.chart.Importance;
import dev.vitrine.xai.chart.Waterfall;
import dev.vitrine.xai.global.AttributionSummary;
import dev.vitrine.xai.gradient.IntegratedGradients;
import java.util.ArrayList;
import java.util.List;

/** Of tables: charts of integrated gradients. */
record TableViews(Model model, Dataset test, Device device) implements Views {
  private static final int SUMMARISED = 500;
  private static final int WATERFALLS = 3;

  private Attribution explained(Tensor x) {
    try (Subject subject = Subject.of(model, device)) {
      return new IntegratedGradients().tolerance(1e-3).explain(subject, x, Target.predicted());
    }
  }

  @Override
  public List<Figure> mistakes(int[] rows) {
    Tensor x = Explanations.select(test, rows);
    Attribution a = explained(x);
    var figures = new ArrayList<Figure>();
    for (int i = 0; i < Math.min(rows.length, WATERFALLS); i++) {
      figures.add(
          Figure.of(
              Waterfall.of(a, x, i, test.features()).titled("Test row " + rows[i]),
              "Integrated gradients from a row of zeros: what brought the model to its answer."));
    }
    return figures;
  }

  @Override
  public List<Figure> examples() {
    return List.of();
  }

  @Override
  public List<Figure> global() {
    Tensor x = test.inputs().rows(0, Math.min(SUMMARISED, test.size()));
    Attribution a = explained(x);
    return List.of(
        Figure.of(
            Importance.of(AttributionSummary.of(a).all(), test.features()),
            "Mean |integrated gradients| of what the model says, with standard errors."),
        Figure.of(
            Beeswarm.of(a, x, test.features()),
            "A dot for each row and feature: to the right it speaks for what the model says."));
  }
}
