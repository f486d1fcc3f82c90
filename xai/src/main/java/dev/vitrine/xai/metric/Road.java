package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Shape;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.List;
import java.util.Map;

/**
 * ROAD: mean over the fractions p of f(x with the share p of its pixels removed), where what is
 * removed becomes the weighted mean of its neighbours plus normal noise (Rong et al. 2022, A
 * consistent and efficient evaluation strategy for attribution methods). In the units of the
 * explained number; the paper's is the accuracy over a data set. With the most relevant pixels
 * first low is good, with the least relevant ones high. A pixel's attribution is the sum over its
 * channels.
 *
 * @param fractions of the pixels, rounded down to whole ones, at least 1
 * @param noise deviation of the noise; theirs is 0.01
 */
public record Road(List<Double> fractions, Order order, double noise, long seed) implements Metric {
  public Road {
    fractions = Fractions.checked(fractions);
    if (!(noise >= 0)) {
      throw new IllegalArgumentException("noise: " + noise + " given, 0 or more is needed");
    }
  }

  /** 10 % to 90 %, the most relevant pixels first. */
  public Road(long seed) {
    this(
        List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
        Order.MOST_RELEVANT_FIRST,
        0.01,
        seed);
  }

  @Override
  public String name() {
    return "ROAD";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "fractions", fractions.toString(),
        "order", order.toString(),
        "noise", String.valueOf(noise),
        "seed", String.valueOf(seed));
  }

  @Override
  public Direction direction() {
    return order == Order.MOST_RELEVANT_FIRST ? Direction.LOWER : Direction.HIGHER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    Shape s = q.x().shape();
    if (s.rank() != 4) {
      throw new IllegalArgumentException(
          "ROAD of input %s: images [n, h, w, c] are needed".formatted(s));
    }
    double[][] maps = Maps.ofInputs(q, a);
    int[][] first = new int[maps.length][];
    for (int r = 0; r < first.length; r++) {
      double[] pixels = new double[s.dim(1) * s.dim(2)];
      for (int e = 0; e < maps[r].length; e++) {
        pixels[e / s.dim(3)] += maps[r][e];
      }
      first[r] = order.of(pixels);
    }
    float[] f =
        q.explained(
            new Changed(
                Maps.rows(q.x()),
                fractions.size(),
                (x, r, k) -> imputed(x, s, first[r], k, Draws.key(seed, q.numbers()[r]))));
    double[] all = new double[maps.length];
    for (int c = 0; c < f.length; c++) {
      all[c / fractions.size()] += (double) f[c] / fractions.size();
    }
    return all;
  }

  private float[] imputed(float[] x, Shape s, int[] first, int k, long key) {
    boolean[] missing = new boolean[first.length];
    for (int i = 0; i < Fractions.count(fractions.get(k), first.length); i++) {
      missing[first[i]] = true;
    }
    var imputation = new NoisyImputation(s.dim(1), s.dim(2), missing);
    int channels = s.dim(3);
    float[] copy = x.clone();
    double[] image = new double[first.length];
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < image.length; p++) {
        image[p] = x[p * channels + c];
      }
      imputation.fill(image);
      for (int p = 0; p < image.length; p++) {
        int e = p * channels + c;
        double z = Philox.normalAt(key, 0, k, 0, e);
        copy[e] = missing[p] ? (float) (image[p] + noise * z) : x[e];
      }
    }
    return copy;
  }
}
