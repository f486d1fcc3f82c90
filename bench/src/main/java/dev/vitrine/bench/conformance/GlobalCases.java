package dev.vitrine.bench.conformance;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.global.Axis;
import dev.vitrine.xai.global.Dependence;
import dev.vitrine.xai.global.Feature;
import dev.vitrine.xai.global.PartialDependence;
import dev.vitrine.xai.global.PermutationImportance;
import dev.vitrine.xai.global.Score;
import dev.vitrine.xai.perturb.Features;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;

/** What a predictor does over a data set. */
final class GlobalCases {
  private static final Map<String, Score> SCORES =
      Map.of(
          "accuracy", Score.accuracy(),
          "neg_log_loss", Score.logLoss(),
          "neg_mean_squared_error", Score.mse(),
          "r2", Score.r2());

  private static final String LOGIT = "logit ";

  private GlobalCases() {}

  static void dependence(Trial trial) throws IOException {
    Json args = trial.golden().args();
    double[] quantiles = args.numbers("percentiles");
    Tensor x = trial.golden().input("X").tensor(trial.memory());
    var axes = new ArrayList<Axis>();
    for (int f : args.ints("features")) {
      Axis axis =
          Axis.between(
              x, Feature.of(f), args.integer("grid_resolution"), quantiles[0], quantiles[1]);
      trial.put("grid" + axes.size(), Numbers.of(Shape.of(axis.size()), axis.values()));
      axes.add(axis);
    }
    try (Subject subject = subject(trial)) {
      Dependence d = PartialDependence.of(subject, x, Target.of(0), axes);
      Shape grid = Shape.of(axes.stream().mapToInt(Axis::size).toArray());
      trial.put("average", Numbers.of(grid, d.average()));
      Shape all = grid.insert(0, d.individual().length);
      trial.put("individual", Numbers.of(all, together(d.individual())));
    }
  }

  static void importance(Trial trial) throws IOException {
    Json args = trial.golden().args();
    Score score = SCORES.get(args.text("scoring"));
    if (score == null) {
      throw new FormatException(
          args.file().toString(),
          "scoring \"%s\" is unknown; there are %s"
              .formatted(args.text("scoring"), SCORES.keySet()));
    }
    Tensor x = trial.golden().input("X").tensor(trial.memory());
    Tensor y = trial.golden().input("y").tensor(trial.memory());
    Numbers given = trial.golden().input("permutations");
    int[] orders = given.ints();
    int repeats = args.integer("n_repeats");
    try (Subject subject = subject(trial)) {
      var importance =
          new PermutationImportance(
                  score,
                  repeats,
                  Features.each(),
                  (j, k, n) -> {
                    int from = (j * repeats + k) * n;
                    return Arrays.copyOfRange(orders, from, from + n);
                  })
              .of(subject, x, y);
      int features = importance.values().length;
      double[] all = Arrays.stream(importance.values()).flatMapToDouble(Arrays::stream).toArray();
      trial.put("importances", Numbers.of(Shape.of(features, repeats), all));
      trial.put("importances_mean", Numbers.of(Shape.of(features), importance.mean()));
      trial.put("importances_std", Numbers.of(Shape.of(features), importance.deviation()));
    }
  }

  /** The model of the case; if the case asks for one logit, that alone. */
  private static Subject subject(Trial trial) throws IOException {
    GoldenModel model = trial.model(false);
    String output = trial.golden().args().text("output");
    Network network = x -> model.record(x).output();
    if (output.startsWith(LOGIT)) {
      int k = Integer.parseInt(output.substring(LOGIT.length()));
      network = x -> model.record(x).output().slice(1, k, k + 1);
    }
    return new Subject(network, trial.golden().id(), trial.device());
  }

  private static double[] together(float[][] rows) {
    double[] all = new double[rows.length * rows[0].length];
    for (int i = 0; i < all.length; i++) {
      all[i] = rows[i / rows[0].length][i % rows[0].length];
    }
    return all;
  }
}
