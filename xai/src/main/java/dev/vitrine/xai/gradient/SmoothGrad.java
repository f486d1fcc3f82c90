package dev.vitrine.xai.gradient;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Any explainer, asked about many noisy copies of each row: the mean of what it says (SmoothGrad,
 * Smilkov et al. 2017), of its squares (SmoothGrad², Hooker et al. 2019), or its variance (VarGrad,
 * Adebayo et al. 2018). The number explained stays that of the clean row's class.
 *
 * @param of the explainer
 * @param moment what of its answers is taken
 * @param noise what is added to each copy
 * @param samples copies of each row
 */
public record SmoothGrad(Explainer of, Moment moment, Noise noise, Samples samples)
    implements Explainer {
  /** What is made of the samples' attributions. */
  public enum Moment {
    MEAN,
    SQUARE,
    VARIANCE
  }

  /** The mean of 25 samples with noise of 0.15 of each row's range, as in the paper. */
  public SmoothGrad(Explainer of) {
    this(of, Moment.MEAN, Noise.relative(0.15f, 0), new Samples(25, 0));
  }

  public SmoothGrad noise(Noise other) {
    return new SmoothGrad(of, moment, other, samples);
  }

  public SmoothGrad samples(int count) {
    return new SmoothGrad(of, moment, noise, new Samples(count, samples.tolerance()));
  }

  /** As many as each row needs for standard errors this small beside the mean. */
  public SmoothGrad tolerance(double tolerance) {
    return new SmoothGrad(of, moment, noise, new Samples(samples.count(), tolerance));
  }

  public SmoothGrad squared() {
    return new SmoothGrad(of, Moment.SQUARE, noise, samples);
  }

  public SmoothGrad variance() {
    return new SmoothGrad(of, Moment.VARIANCE, noise, samples);
  }

  @Override
  public String name() {
    String title =
        switch (moment) {
          case MEAN -> "SmoothGrad";
          case SQUARE -> "SmoothGradSquared";
          case VARIANCE -> "VarGrad";
        };
    return title + "(" + of.name() + ")";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> s = new LinkedHashMap<>();
    of.settings().forEach((name, value) -> s.put("of " + name, value));
    s.put("moment", moment.name().toLowerCase(Locale.ROOT));
    s.put("noise", noise.toString());
    s.put("samples", samples.toString());
    return s;
  }

  @Override
  public Attribution explain(Question q) {
    var m = samples.of(q, s -> List.of(of.explain(noisy(s)).values())).first();
    Tensor values =
        switch (moment) {
          case MEAN -> m.mean();
          case SQUARE -> m.meanSquare();
          case VARIANCE -> m.variance();
        };
    return q.answer(
        this, values, q.explained(), null, moment == Moment.MEAN ? m.standardError() : null);
  }

  private Question noisy(Question s) {
    return s.about(noise.add(s));
  }
}
