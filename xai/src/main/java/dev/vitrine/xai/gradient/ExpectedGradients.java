package dev.vitrine.xai.gradient;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * a = E over baselines b and α ~ U(0, 1) of (x − b)·∇f(b + α(x − b)): integrated gradients averaged
 * over a distribution of baselines (Erion et al. 2021). With noise on x it is GradientSHAP
 * (Lundberg and Lee 2017, as SHAP and Captum have it).
 *
 * @param at at a layer, the point lies between what it gives for x and for b
 * @param baselines where b is drawn from
 * @param noise added to x; null = none
 * @param alpha where α is drawn from
 * @param samples draws for each row
 */
public record ExpectedGradients(
    Place at, Baseline baselines, @Nullable Noise noise, Alpha alpha, Samples samples)
    implements Explainer {
  /** The stream of α among {@link Noise#STREAM} and that of baselines. */
  private static final int STREAM = 2;

  /** How far along the path the sample of this number lies. */
  public interface Alpha {
    float of(int number);

    /** Uniform in [0, 1). */
    static Alpha uniform(long seed) {
      return new Uniform(seed);
    }

    /** See {@link #uniform}. */
    record Uniform(long seed) implements Alpha {
      @Override
      public float of(int number) {
        return Philox.uniformAt(seed, STREAM, 0, number, 0);
      }

      @Override
      public String toString() {
        return "uniform, seed " + seed;
      }
    }
  }

  /** 200 samples of these baselines. */
  public ExpectedGradients(Baseline baselines) {
    this(Place.input(), baselines, null, Alpha.uniform(0), new Samples(200, 0));
  }

  /** Baselines drawn from the rows of {@code data} with replacement. */
  public static ExpectedGradients over(Tensor data, long seed) {
    return new ExpectedGradients(Baseline.drawn(data, seed)).alpha(Alpha.uniform(seed));
  }

  public ExpectedGradients at(Place other) {
    return new ExpectedGradients(other, baselines, noise, alpha, samples);
  }

  /** GradientSHAP. */
  public ExpectedGradients noise(@Nullable Noise other) {
    return new ExpectedGradients(at, baselines, other, alpha, samples);
  }

  public ExpectedGradients alpha(Alpha other) {
    return new ExpectedGradients(at, baselines, noise, other, samples);
  }

  public ExpectedGradients samples(int count) {
    return new ExpectedGradients(
        at, baselines, noise, alpha, new Samples(count, samples.tolerance()));
  }

  /** As many as each row needs for standard errors this small beside the mean. */
  public ExpectedGradients tolerance(double tolerance) {
    return new ExpectedGradients(
        at, baselines, noise, alpha, new Samples(samples.count(), tolerance));
  }

  @Override
  public String name() {
    return noise == null ? "ExpectedGradients" : "GradientShap";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> s = new LinkedHashMap<>();
    s.put("at", at.toString());
    s.put("baselines", baselines.toString());
    s.put("noise", String.valueOf(noise));
    s.put("alpha", alpha.toString());
    s.put("samples", samples.toString());
    return s;
  }

  private record Key(Place at) {}

  @Override
  public Attribution explain(Question q) {
    var m = samples.of(q, s -> List.of(gradients(s))).first();
    return q.answer(this, m.mean(), q.explained(), null, m.standardError());
  }

  private Tensor gradients(Question s) {
    Tensor b = baselines.rows(s.x(), s.numbers(), s.memory());
    Tensor x = noise == null ? s.x() : noise.add(s);
    Map<String, Tensor> inputs = Map.of("baseline", b, "alpha", alphas(s.numbers(), s.memory()));
    return s.about(x).value(new Key(at), inputs, this::on);
  }

  private Tensor alphas(int[] numbers, Memory memory) {
    Tensor all = memory.floats(Shape.of(numbers.length));
    for (int i = 0; i < numbers.length; i++) {
      all.put(i, alpha.of(numbers[i]));
    }
    return all;
  }

  /** (x − b)·∇f(b + α(x − b)) of each sample. */
  private Var on(Recording r) {
    Var from = r.moved(Place.input(), r.input("baseline")).at(at);
    Var way = r.at(at).sub(from);
    Var alpha = r.input("alpha");
    for (int axis = 1; axis < way.shape().rank(); axis++) {
      alpha = alpha.insertAxis(1);
    }
    return way.mul(r.moved(at, way.mul(alpha).add(from)).gradient(at));
  }
}
