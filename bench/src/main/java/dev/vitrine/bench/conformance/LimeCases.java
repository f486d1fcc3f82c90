package dev.vitrine.bench.conformance;

import static java.util.Map.entry;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.xai.Copies;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.lime.Distance;
import dev.vitrine.xai.lime.Kernel;
import dev.vitrine.xai.lime.Lime;
import dev.vitrine.xai.lime.LimeTabular;
import dev.vitrine.xai.lime.Selection;
import dev.vitrine.xai.lime.Surrogate;
import dev.vitrine.xai.linear.Regression;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Game;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Local surrogates on given samples, of which the first is the row. */
final class LimeCases {
  static final Map<String, ExplainCase.Formula> METHODS =
      Map.ofEntries(
          entry("LimeImage", LimeCases::image),
          entry("LimeCaptum", LimeCases::captum),
          entry("LimeTabular", LimeCases::tabular));

  private LimeCases() {}

  private static Selection selection(ExplainCase c) throws IOException {
    String name = c.args().text("feature_selection");
    return switch (name) {
      case "none" -> Selection.NONE;
      case "highest_weights" -> Selection.HIGHEST_WEIGHTS;
      case "forward_selection" -> Selection.FORWARD;
      default ->
          throw new FormatException(
              c.args().file().toString(), "selection \"" + name + "\" is unknown");
    };
  }

  private static Kernel kernel(ExplainCase c) throws IOException {
    double width = c.args().node().get("kernel_width").asDouble();
    boolean lime = c.args().text("kernel").startsWith("sqrt");
    return new Kernel(lime ? Kernel.Form.LIME : Kernel.Form.CAPTUM, width);
  }

  private static Numbers vector(double... values) {
    return Numbers.of(Shape.of(values.length), values);
  }

  private static Numbers scalar(double value) {
    return Numbers.of(Shape.SCALAR, value);
  }

  private static void image(ExplainCase c) throws IOException {
    Coalitions samples = PerturbCases.coalitions(c.numbers("samples"));
    Lime lime =
        Lime.image(PerturbCases.features(c), 0)
            .replacement(PerturbCases.replacement(c))
            .masks((number, features) -> samples)
            .kernel(Distance.MASK_COSINE, kernel(c))
            .select(selection(c), c.args().integer("num_features", samples.players()));
    try (Question q = Question.of(c.subject(), c.x(), 0, c.target().probability())) {
      Game game = Game.of(q, lime.features(), lime.replacement());
      putFit(c, lime.fits(q).getFirst());
      double[] distances = new double[samples.count()];
      for (int s = 0; s < distances.length; s++) {
        distances[s] = lime.distance().of(game, 0, samples, s);
      }
      c.put("weights", vector(lime.weights(game, 0, samples)));
      c.put("distances", vector(distances));
      c.put("probabilities", vector(game.values(List.of(samples))[0]));
    }
  }

  private static void putFit(ExplainCase c, Surrogate fit) {
    c.put("coefficients", vector(fit.model().coefficients()));
    c.put("intercept", scalar(fit.model().intercept()));
    c.put("r2", scalar(fit.r2()));
    c.put("local_prediction", vector(fit.prediction()));
    double[] selected = new double[fit.selected().length];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = fit.selected()[i];
    }
    c.put("selected", new Numbers(Shape.of(selected.length), selected, true));
  }

  private static void captum(ExplainCase c) throws IOException {
    Coalitions samples = PerturbCases.coalitions(c.numbers("samples"));
    Distance distance =
        c.args().text("distance").startsWith("cosine")
            ? Distance.INPUT_COSINE
            : Distance.INPUT_EUCLIDEAN;
    double alpha = c.args().has("alpha") ? c.args().node().get("alpha").asDouble() : 0;
    Regression regression =
        c.args().text("regressor").equals("lasso")
            ? new Regression.Lasso(alpha)
            : new Regression.Ridge(alpha);
    Lime lime =
        Lime.captum(PerturbCases.features(c), PerturbCases.replacement(c), samples.count(), 0)
            .masks((number, features) -> samples)
            .kernel(distance, kernel(c))
            .regression(regression);
    try (Question q = Question.of(c.subject(), c.x(), 0, c.target())) {
      Game game = Game.of(q, lime.features(), lime.replacement());
      Surrogate fit = lime.fits(q).getFirst();
      c.put("coefficients", vector(fit.model().coefficients()));
      c.put("intercept", scalar(fit.model().intercept()));
      c.put("weights", vector(lime.weights(game, 0, samples)));
      c.put("values", vector(game.values(List.of(samples))[0]));
    }
  }

  /** Samples of numbers, of which the surrogate sees (sample − mean)/scale. */
  private static void tabular(ExplainCase c) throws IOException {
    Tensor samples = c.image("samples");
    int n = samples.shape().dim(0);
    int columns = samples.shape().dim(1);
    double[] mean = c.numbers("mean").values();
    double[] scale = c.numbers("scale").values();
    double[][] z = new double[n][columns];
    for (int i = 0; i < n * columns; i++) {
      z[i / columns][i % columns] = (samples.at(i) - mean[i % columns]) / scale[i % columns];
    }
    double[] weights = LimeTabular.weights(kernel(c), z);
    double[] y = new double[n];
    try (Question q = Question.of(c.subject(), c.x(), 0, c.target().probability())) {
      float[] said = q.explained(given(samples.toFloats(), columns));
      for (int s = 0; s < n; s++) {
        y[s] = said[s];
      }
    }
    int most = c.args().integer("num_features", columns);
    putFit(c, Surrogate.fit(z, weights, y, new Regression.Ridge(1), selection(c), most));
    c.put("weights", vector(weights));
  }

  private static Copies given(float[] samples, int columns) {
    return new Copies() {
      @Override
      public int count() {
        return samples.length / columns;
      }

      @Override
      public int row(int c) {
        return 0;
      }

      @Override
      public void write(int c, float[] into, int at) {
        System.arraycopy(samples, c * columns, into, at, columns);
      }
    };
  }
}
