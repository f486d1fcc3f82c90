package dev.vitrine.xai.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Recording;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The channels A_c of a layer, weighted by what the network says of the input seen through them: w
 * = softmax over c of f(x ∘ H_c) − f(0), H_c being A_c stretched to the input and scaled to [0, 1];
 * the map is relu(Σ_c w_c·A_c) (Wang et al. 2020, eq. 3 to 7). No gradient is taken; it costs a
 * forward pass per channel.
 *
 * @param layer a layer of images, usually the last one
 * @param upsampled how the map is stretched to the size of the input; null = it is not
 */
public record ScoreCam(Place layer, @Nullable Interpolation upsampled) implements Explainer {
  public ScoreCam(Place layer) {
    this(layer, null);
  }

  /** In the size of the input. */
  public ScoreCam upsampled(Interpolation mode) {
    return new ScoreCam(layer, mode);
  }

  private record Key(Place layer, String what) {}

  @Override
  public String name() {
    return "ScoreCAM";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("layer", layer.toString(), "upsampled", String.valueOf(upsampled));
  }

  @Override
  public Attribution explain(Question q) {
    Tensor a = q.value(new Key(layer, "channels"), Map.of(), r -> Cam.images(r, layer));
    Tensor masks = q.value(new Key(layer, "masks"), Map.of(), r -> masks(r, layer));
    int channels = masks.shape().dim(1);
    int n = q.size();
    Tensor zeros = q.memory().floats(q.x().shape());
    float[] nothing = q.about(zeros).explained();
    float[] x = q.x().toFloats();
    float[] h = masks.toFloats();
    double[][] scores = new double[n][channels];
    for (int c = 0; c < channels; c++) {
      Tensor seen = q.memory().floats(q.x().shape(), through(x, h, c, channels, n));
      float[] f = q.about(seen).explained();
      for (int r = 0; r < n; r++) {
        scores[r][c] = (double) f[r] - nothing[r];
      }
    }
    Tensor map = new Memory("score cam").floats(a.shape().with(3, 1));
    float[] held = a.toFloats();
    int pixels = Math.toIntExact(map.size() / n);
    for (int r = 0; r < n; r++) {
      map.rows(r, r + 1).set(map(held, r * pixels, pixels, softmax(scores[r])));
    }
    Tensor shown = upsampled == null ? map : upsampled(q, map, upsampled);
    return q.answer(this, shown, q.explained(), null, null);
  }

  private static Tensor upsampled(Question q, Tensor map, Interpolation mode) {
    return q.value(mode, Map.of("map", map), r -> Cam.upsampled(r.input("map"), r, mode));
  }

  /**
   * Each channel [n, c, h, w], as large as the input and between 0 and 1: (A − min)/(max − min).
   */
  private static Var masks(Recording r, Place layer) {
    Var large = Cam.upsampled(Cam.images(r, layer), r, Interpolation.BILINEAR);
    Var low = large.min(1).min(2);
    Var range = large.max(1).max(2).sub(low);
    Var flat = range.abs().step();
    Var scaled = flat.select(large.sub(low).div(flat.select(range, range.ones())), large.zeros());
    return scaled.permute(0, 3, 1, 2);
  }

  /** x seen through one channel of the masks, which all channels of an image share. */
  private static float[] through(float[] x, float[] masks, int channel, int channels, int rows) {
    float[] seen = new float[x.length];
    int pixels = masks.length / channels / rows;
    int depth = x.length / rows / pixels;
    for (int r = 0; r < rows; r++) {
      int from = (r * channels + channel) * pixels;
      for (int i = 0; i < pixels * depth; i++) {
        int at = r * pixels * depth + i;
        seen[at] = x[at] * masks[from + i / depth];
      }
    }
    return seen;
  }

  /** relu(Σ_c w_c·A_c) at each pixel. */
  private static float[] map(float[] a, int from, int pixels, double[] w) {
    float[] map = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      double sum = 0;
      for (int c = 0; c < w.length; c++) {
        sum += w[c] * a[(from + i) * w.length + c];
      }
      map[i] = (float) Math.max(sum, 0);
    }
    return map;
  }

  private static double[] softmax(double[] scores) {
    double most = Double.NEGATIVE_INFINITY;
    for (double s : scores) {
      most = Math.max(most, s);
    }
    double[] w = new double[scores.length];
    double sum = 0;
    for (int c = 0; c < w.length; c++) {
      w[c] = StrictMath.exp(scores[c] - most);
      sum += w[c];
    }
    for (int c = 0; c < w.length; c++) {
      w[c] /= sum;
    }
    return w;
  }
}
