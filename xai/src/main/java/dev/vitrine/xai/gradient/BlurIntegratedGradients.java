package dev.vitrine.xai.gradient;

import dev.vitrine.autodiff.Var;
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
    TERM
  }

  @Override
  public Attribution explain(Question q) {
    Shape image = q.x().shape();
    if (image.rank() != 4) {
      throw new IllegalArgumentException(
          "blurring input of shape " + image + ": images [n, h, w, c] are needed");
    }
    Matrices rows = Matrices.of(image.dim(1), deviation, steps);
    Matrices columns = Matrices.of(image.dim(2), deviation, steps);
    Tensor sums = new Samples(steps, 0).of(q, s -> List.of(terms(s, rows, columns))).first().sum();
    Tensor blurred = Blur.ZEROS.of(q.x(), deviation, q.memory());
    float[] fx = q.explained();
    float[] fb = q.about(blurred).explained();
    float[] total = new float[fx.length];
    for (int r = 0; r < total.length; r++) {
      total[r] = fx[r] - fb[r];
    }
    return q.answer(this, sums, fx, Attribution.Convergence.of(sums, total, steps), null);
  }

  /**
   * Blurring an axis is a product with a matrix: one for each step, one for a little more, and the
   * quotient of their difference, taken before anything is rounded to float32.
   */
  private record Matrices(int extent, float[][] here, float[][] next, float[][] slope) {
    static Matrices of(int extent, double deviation, int steps) {
      var m = new Matrices(extent, new float[steps][], new float[steps][], new float[steps][]);
      for (int k = 0; k < steps; k++) {
        double[] here = Blur.ZEROS.matrix(extent, deviation * k / steps);
        double[] next = Blur.ZEROS.matrix(extent, deviation * k / steps + STEP);
        m.here[k] = new float[here.length];
        m.next[k] = new float[here.length];
        m.slope[k] = new float[here.length];
        for (int i = 0; i < here.length; i++) {
          m.here[k][i] = (float) here[i];
          m.next[k][i] = (float) next[i];
          m.slope[k][i] = (float) ((next[i] - here[i]) / STEP);
        }
      }
      return m;
    }

    /** Those of each sample's step, [samples, extent, extent]. */
    private Tensor each(Question s, float[][] of) {
      Tensor all = s.memory().floats(Shape.of(s.size(), extent, extent));
      for (int i = 0; i < s.size(); i++) {
        all.rows(i, i + 1).set(of[Math.floorMod(s.numbers()[i], of.length)]);
      }
      return all;
    }
  }

  /** One term for each sample: its number says which step it is. */
  private Tensor terms(Question s, Matrices rows, Matrices columns) {
    Map<String, Tensor> inputs =
        Map.of(
            "rows", rows.each(s, rows.here),
            "row slopes", rows.each(s, rows.slope),
            "columns", columns.each(s, columns.here),
            "next columns", columns.each(s, columns.next),
            "column slopes", columns.each(s, columns.slope));
    float width = (float) (-deviation / steps);
    return s.value(
        List.of(Program.TERM, width),
        inputs,
        r -> {
          Var here = alongRows(r.input("rows"), r.x());
          Var blurred = alongColumns(r.input("columns"), here);
          Var slope =
              alongColumns(r.input("next columns"), alongRows(r.input("row slopes"), r.x()))
                  .add(alongColumns(r.input("column slopes"), here));
          return r.moved(Place.input(), blurred).gradient(Place.input()).mul(slope).scale(width);
        });
  }

  /** Matrices [n, h, h] times images [n, h, w, c]. */
  private static Var alongRows(Var matrices, Var x) {
    Shape s = x.shape();
    return matrices.matmul(x.reshape(s.dim(0), s.dim(1), s.dim(2) * s.dim(3))).reshapeLike(x);
  }

  /** Images [n, h, w, c] times matrices [n, w, w], transposed: one product for each image. */
  private static Var alongColumns(Var matrices, Var x) {
    Var turned = x.permute(0, 1, 3, 2);
    Shape s = turned.shape();
    return turned
        .reshape(s.dim(0), s.dim(1) * s.dim(2), s.dim(3))
        .matmul(matrices, false, true)
        .reshapeLike(turned)
        .permute(0, 1, 3, 2);
  }
}
