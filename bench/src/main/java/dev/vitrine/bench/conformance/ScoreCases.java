package dev.vitrine.bench.conformance;

import dev.vitrine.nn.metric.Accuracy;
import dev.vitrine.nn.metric.AveragePrecision;
import dev.vitrine.nn.metric.ConfusionMatrix;
import dev.vitrine.nn.metric.LogLoss;
import dev.vitrine.nn.metric.Regression;
import dev.vitrine.nn.metric.RocAuc;
import dev.vitrine.nn.metric.RocCurve;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** All metrics of models, of given outputs and targets. */
final class ScoreCases {
  private ScoreCases() {}

  static void run(Trial trial) throws IOException {
    classes(trial);
    ranking(trial);
    regression(trial);
  }

  private static void classes(Trial trial) throws IOException {
    int[] labels = trial.golden().input("y_true").ints();
    int[] predicted = trial.golden().input("y_pred").ints();
    Numbers p = trial.golden().input("prob");
    int n = p.shape().dim(1);
    var matrix = new ConfusionMatrix(n, predicted, labels);
    double[] counts = each(n * n, k -> matrix.count(k / n, k % n));
    trial.put("accuracy", scalar(Accuracy.of(predicted, labels)));
    trial.put("confusion", new Numbers(Shape.of(n, n), counts, true));
    trial.put("log_loss", scalar(LogLoss.ofProbabilities(p.values(), labels)));
    trial.put("precision", vector(each(n, matrix::precision)));
    trial.put("recall", vector(each(n, matrix::recall)));
    trial.put("f1", vector(each(n, matrix::f1)));
    trial.put("f1_macro", scalar(matrix.macroF1()));
  }

  private static void ranking(Trial trial) throws IOException {
    double[] truth = trial.golden().input("bin_true").values();
    double[] scores = trial.golden().input("bin_score").values();
    boolean[] positive = new boolean[truth.length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = truth[i] == 1;
    }
    RocCurve curve = RocCurve.of(scores, positive);
    trial.put("roc_auc", scalar(RocAuc.of(scores, positive)));
    trial.put("average_precision", scalar(AveragePrecision.of(scores, positive)));
    trial.put("brier", scalar(Regression.mse(scores, truth)));
    trial.put("fpr", vector(curve.falsePositives()));
    trial.put("tpr", vector(curve.truePositives()));
  }

  private static void regression(Trial trial) throws IOException {
    double[] t = trial.golden().input("reg_true").values();
    double[] y = trial.golden().input("reg_pred").values();
    trial.put("r2", scalar(Regression.r2(y, t)));
    trial.put("mse", scalar(Regression.mse(y, t)));
    trial.put("mae", scalar(Regression.mae(y, t)));
  }

  private static double[] each(int n, IntToDoubleFunction f) {
    return IntStream.range(0, n).mapToDouble(f).toArray();
  }

  private static Numbers scalar(double v) {
    return Numbers.of(Shape.of(), v);
  }

  private static Numbers vector(double[] v) {
    return Numbers.of(Shape.of(v.length), v);
  }
}
