package dev.vitrine.xai.gradient;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Blur;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Samples;
import java.util.List;
import java.util.Map;

/**
 * a = −∫₀^σ ∇f(L(x, s))·∂L/∂s ds, where L blurs x with deviation s: the path from the image to its
 * blurred self, which adds no colour of its own (Xu, Venugopalan and Sundararajan 2020). A left sum
 * with forward differences in s, zeros around the image, as in PAIR's saliency library. Complete up
 * to the error of the sum: Σ a ≈ f(x) − f(L(x, σ)).
 *
 * @param deviation σ, in pixels
 * @param steps points on the path
 */
public record BlurIntegratedGradients(double deviation, int steps) implements Explainer {
  /** Of the difference quotient in s. */
  private static final double STEP = 0.01;

  public BlurIntegratedGradients {
    if (!(deviation > 0) || steps < 1) {
      throw new IllegalArgumentException(
          "deviation %s and %d steps given, both must be positive".formatted(deviation, steps));
    }
  }

  /** 100 steps to a deviation of 50 pixels. */
  public BlurIntegratedGradients() {
    this(50, 100);
  }

  @Override
  public String name() {
    return "BlurIntegratedGradients";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("deviation", String.valueOf(deviation), "steps", String.valueOf(steps));
  }

  private enum Program {
    GRADIENT
  }

  @Override
  public Attribution explain(Question q) {
    Tensor sums = new Samples(steps, 0).of(q, s -> List.of(terms(s))).first().sum();
    Tensor blurred = Blur.ZEROS.of(q.x(), deviation, q.memory());
    float[] fx = q.explained();
    float[] fb = q.about(blurred).explained();
    float[] total = new float[fx.length];
    for (int r = 0; r < total.length; r++) {
      total[r] = fx[r] - fb[r];
    }
    return q.answer(this, sums, fx, Attribution.Convergence.of(sums, total, steps), null);
  }

  /** One term for each sample: its number says which step it is. */
  private Tensor terms(Question s) {
    Memory memory = s.memory();
    Shape shape = s.x().shape();
    Tensor at = memory.floats(shape);
    Tensor slope = memory.floats(shape);
    for (int i = 0; i < s.size(); i++) {
      Tensor row = s.x().rows(i, i + 1);
      double sigma = deviation * Math.floorMod(s.numbers()[i], steps) / steps;
      Tensor here = Blur.ZEROS.of(row, sigma, memory);
      Tensor next = Blur.ZEROS.of(row, sigma + STEP, memory);
      at.rows(i, i + 1).set(here);
      for (long k = 0; k < row.size(); k++) {
        double quotient = ((double) next.at(k) - here.at(k)) / STEP;
        slope.put(i * row.size() + k, (float) (-deviation / steps * quotient));
      }
    }
    return s.about(at)
        .value(
            Program.GRADIENT,
            Map.of("slope", slope),
            r -> r.gradient(Place.input()).mul(r.input("slope")));
  }
}
