package dev.vitrine.bench.conformance;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Quadrature;
import dev.vitrine.xai.gradient.Saliency;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Attributions by the explainers of xai, as a user calls them. */
final class ExplainGroup implements Group {
  /** As the golden files call them. */
  private static final Map<String, Quadrature> RULES =
      Map.of(
          "gausslegendre", Quadrature.GAUSS_LEGENDRE,
          "riemann_left", Quadrature.RIEMANN_LEFT,
          "riemann_middle", Quadrature.RIEMANN_MIDDLE,
          "riemann_right", Quadrature.RIEMANN_RIGHT,
          "riemann_trapezoid", Quadrature.RIEMANN_TRAPEZOID);

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public Set<String> methods() {
    return Set.of("Saliency", "InputXGradient", "IntegratedGradients", "quadrature");
  }

  @Override
  public void run(Trial trial) throws IOException {
    switch (trial.golden().method()) {
      case "quadrature" -> quadrature(trial);
      case "Saliency" -> explain(trial, new Saliency(!trial.golden().args().flag("abs", true)));
      case "InputXGradient" -> explain(trial, new InputXGradient());
      default -> integratedGradients(trial);
    }
  }

  private static void quadrature(Trial trial) throws IOException {
    int n = trial.golden().args().integer("n_steps");
    RULES.forEach((name, q) -> {
      var rule = q.rule(n);
      trial.put(name + ".alphas", Numbers.of(Shape.of(n), rule.points()));
      trial.put(name + ".weights", Numbers.of(Shape.of(n), rule.weights()));
    });
  }

  private static void explain(Trial trial, Explainer explainer) throws IOException {
    try (Subject subject = subject(trial)) {
      Tensor x = image(trial, "x");
      trial.put("attributions", golden(explainer.explain(subject, x, target(trial)).values()));
    }
  }

  private static void integratedGradients(Trial trial) throws IOException {
    Json args = trial.golden().args();
    Quadrature rule = RULES.get(args.text("method"));
    if (rule == null) {
      throw new FormatException(
          args.file().toString(),
          "quadrature \"%s\" is unknown; there are %s"
              .formatted(args.text("method"), RULES.keySet()));
    }
    var ig = new IntegratedGradients().rule(rule).steps(args.integer("n_steps"));
    Tensor x = image(trial, "x");
    try (Subject subject = subject(trial)) {
      if (trial.golden().has("baselines")) {
        baselines(trial, subject, x, ig);
        return;
      }
      Baseline b =
          trial.golden().has("baseline") ? Baseline.of(image(trial, "baseline")) : Baseline.zero();
      var from = ig.baseline(b);
      if (args.flag("multiply_by_inputs", true)) {
        Attribution a = from.explain(subject, x, target(trial));
        trial.put("attributions", golden(a.values()));
        if (a.convergence() != null) {
          trial.put("convergence_delta", row(a.convergence().gap()));
        }
        return;
      }
      Attribution a = from.averageGradient().explain(subject, x, target(trial));
      trial.put("attributions", golden(a.values()));
      trial.put("convergence_delta", delta(trial, subject, a, b));
    }
  }

  /**
   * Σ attributions − (f(x) − f(b)) per row, also where the attributions are not multiplied by x −
   * b.
   */
  private static Numbers delta(Trial trial, Subject subject, Attribution a, Baseline b)
      throws IOException {
    Tensor rows = b.rows(a.values(), 0, trial.memory());
    Tensor fb = subject.outputs(rows);
    int n = a.classes().length;
    int width = Math.toIntExact(fb.size() / n);
    double[] gap = new double[n];
    long size = a.values().size() / n;
    for (int r = 0; r < n; r++) {
      for (long i = 0; i < size; i++) {
        gap[r] += a.values().at(r * size + i);
      }
      gap[r] -= (double) a.outputs()[r] - fb.at((long) r * width + a.classes()[r]);
    }
    return Numbers.of(Shape.of(n), gap);
  }

  /** The mean of the attributions from several baselines. */
  private static void baselines(Trial trial, Subject subject, Tensor x, IntegratedGradients ig)
      throws IOException {
    Tensor all = image(trial, "baselines");
    int count = all.shape().dim(0);
    int size = Math.toIntExact(x.size());
    double[] each = new double[count * size];
    double[] mean = new double[size];
    for (int k = 0; k < count; k++) {
      var from = ig.baseline(Baseline.of(all.rows(k, k + 1)));
      double[] a = golden(from.explain(subject, x, target(trial)).values()).values();
      System.arraycopy(a, 0, each, k * size, size);
      for (int i = 0; i < size; i++) {
        mean[i] += a[i] / count;
      }
    }
    Shape shape = trial.golden().input("x").shape();
    trial.put("attributions", Numbers.of(shape, mean));
    trial.put("per_baseline", Numbers.of(shape.insert(0, count), each));
  }

  private static Subject subject(Trial trial) throws IOException {
    GoldenModel model = trial.model(false);
    return new Subject(x -> model.record(x).output(), trial.golden().id(), trial.device());
  }

  /** The class of each row; models with one output have no choice. */
  private static Target target(Trial trial) throws IOException {
    return trial.golden().has("target")
        ? Target.of(trial.golden().input("target").ints())
        : Target.of(0);
  }

  private static Tensor image(Trial trial, String input) throws IOException {
    Memory memory = trial.memory();
    return Layout.IMAGE.toEngine(trial.golden().input(input)).tensor(memory);
  }

  private static Numbers golden(Tensor attributions) {
    return Layout.IMAGE.toGolden(Numbers.of(attributions));
  }

  private static Numbers row(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return Numbers.of(Shape.of(wide.length), wide);
  }
}
