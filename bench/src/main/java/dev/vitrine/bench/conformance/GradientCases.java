package dev.vitrine.bench.conformance;

import static java.util.Map.entry;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.OverBaselines;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.ExpectedGradients;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Noise;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.gradient.SmoothGrad;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** Gradients, their averages over noise, and their integrals. */
final class GradientCases {
  static final Map<String, ExplainCase.Formula> METHODS =
      Map.ofEntries(
          entry("quadrature", GradientCases::quadrature),
          entry("Saliency", c -> c.put(new Saliency(!c.args().flag("abs", true)))),
          entry("InputXGradient", c -> c.put(new InputXGradient())),
          entry("SmoothGrad", GradientCases::smoothGrad),
          entry("IntegratedGradients", GradientCases::integratedGradients),
          entry("GradientShap", GradientCases::gradientShap));

  private GradientCases() {}

  private static void quadrature(ExplainCase c) throws IOException {
    int n = c.steps();
    ExplainCase.RULES.forEach((name, q) -> {
      var rule = q.rule(n);
      c.put(name + ".alphas", Numbers.of(Shape.of(n), rule.points()));
      c.put(name + ".weights", Numbers.of(Shape.of(n), rule.weights()));
    });
  }

  /** noise [samples, rows, …]. */
  private static void smoothGrad(ExplainCase c) throws IOException {
    Numbers noise = c.numbers("noise");
    int samples = noise.shape().dim(0);
    Numbers images = noise.shape().rank() == 5 ? noise.permute(0, 1, 3, 4, 2) : noise;
    var smooth =
        new SmoothGrad(new Saliency(true))
            .samples(samples)
            .noise(Noise.of(images.tensor(c.memory())));
    c.put("smoothgrad", c.explain(smooth).values());
    c.put("smoothgrad_sq", c.explain(smooth.squared()).values());
    c.put("vargrad", c.explain(smooth.variance()).values());
    var absolute =
        new SmoothGrad(new Saliency(), smooth.moment(), smooth.noise(), smooth.samples());
    c.put("smoothgrad_abs", c.explain(absolute).values());
  }

  private static void integratedGradients(ExplainCase c) throws IOException {
    var ig = new IntegratedGradients().rule(c.rule()).steps(c.steps());
    if (c.has("baselines")) {
      baselines(c, ig);
      return;
    }
    var from = ig.baseline(c.baseline());
    if (c.args().flag("multiply_by_inputs", true)) {
      c.put(from);
      return;
    }
    Attribution a = c.explain(from.averageGradient());
    c.put("attributions", a.values());
    c.put("convergence_delta", delta(c, a));
  }

  /** Σ attributions − (f(x) − f(b)) per row, though they are not multiplied by x − b. */
  private static Numbers delta(ExplainCase c, Attribution a) throws IOException {
    Tensor b = c.baseline().rows(a.values(), new int[a.classes().length], c.memory());
    float[] fb = new Saliency().explain(c.subject(), b, c.target()).outputs();
    float[] gap = new float[fb.length];
    for (int r = 0; r < gap.length; r++) {
      double sum = Attribution.sum(a.values().rows(r, r + 1));
      gap[r] = (float) (sum - ((double) a.outputs()[r] - fb[r]));
    }
    return ExplainCase.row(gap);
  }

  /** The mean over several baselines, and what each of them gives. */
  private static void baselines(ExplainCase c, IntegratedGradients ig) throws IOException {
    Tensor all = c.image("baselines");
    c.put("attributions", c.explain(OverBaselines.each(ig, all)).values());
    int count = all.shape().dim(0);
    Numbers x = c.numbers("x");
    int size = Math.toIntExact(x.shape().size());
    double[] each = new double[count * size];
    for (int k = 0; k < count; k++) {
      Tensor a = c.explain(ig.baseline(Baseline.of(all.rows(k, k + 1)))).values();
      System.arraycopy(Layout.IMAGE.toGolden(Numbers.of(a)).values(), 0, each, k * size, size);
    }
    c.put("per_baseline", Numbers.of(x.shape().insert(0, count), each));
  }

  /** Everything random is given: sample s of row i is number i·samples + s. */
  private static void gradientShap(ExplainCase c) throws IOException {
    int samples = c.args().integer("n_samples");
    double[] alphas = c.numbers("alpha").values();
    Numbers noise = c.numbers("noise");
    Numbers ordered =
        noise.shape().rank() == 5 ? noise.permute(1, 0, 3, 4, 2) : noise.permute(1, 0, 2);
    Tensor baselines = drawn(c);
    var shap =
        new ExpectedGradients(Baseline.each(baselines))
            .alpha(number -> (float) alphas[number])
            .noise(Noise.of(ordered.tensor(c.memory())))
            .samples(samples);
    c.put("attributions", c.explain(shap).values());
    c.put("per_sample_delta", deltas(c, shap, baselines, samples));
  }

  /** The baseline of each sample. */
  private static Tensor drawn(ExplainCase c) throws IOException {
    Tensor given = c.image("baselines");
    int[] index = c.numbers("baseline_index").ints();
    Tensor each = c.memory().floats(given.shape().with(0, index.length));
    for (int i = 0; i < index.length; i++) {
      each.rows(i, i + 1).set(given.rows(index[i], index[i] + 1));
    }
    return each;
  }

  /** Σ attributions − (f(x') − f(b)) of each sample alone. */
  private static Numbers deltas(
      ExplainCase c, ExpectedGradients shap, Tensor baselines, int samples) throws IOException {
    Tensor x = c.x();
    int n = x.shape().dim(0);
    double[] gap = new double[n * samples];
    int[] classes = c.numbers("target").ints();
    for (int i = 0; i < gap.length; i++) {
      Target target = Target.of(classes[i / samples]);
      Tensor row = x.rows(i / samples, i / samples + 1);
      Tensor noisy = noisy(shap, c, row, i, target);
      var one = shap.noise(null).samples(1);
      Attribution a = one.explain(c.subject(), noisy, i, target);
      float fb = new Saliency().explain(c.subject(), baselines.rows(i, i + 1), target).outputs()[0];
      gap[i] = Attribution.sum(a.values()) - ((double) a.outputs()[0] - fb);
    }
    return Numbers.of(Shape.of(n, samples), gap);
  }

  private static Tensor noisy(
      ExpectedGradients shap, ExplainCase c, Tensor row, int number, Target target) {
    try (Question q = Question.of(c.subject(), row, number, target)) {
      return Objects.requireNonNull(shap.noise()).add(q).copy();
    }
  }
}
