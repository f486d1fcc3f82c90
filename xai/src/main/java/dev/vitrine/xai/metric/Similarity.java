package dev.vitrine.xai.metric;

import java.util.Arrays;

/** How alike two attributions of one shape are: 1 for equal ones, less for others. */
@FunctionalInterface
public interface Similarity {
  /** NaN where it does not exist. */
  double of(double[] a, double[] b);

  /** Pearson's or Spearman's coefficient, from −1 to 1; NaN for constant maps. */
  static Similarity of(Correlation c) {
    return new Correlated(c);
  }

  /** Σ a·b / (‖a‖₂·‖b‖₂), from −1 to 1; NaN for maps of zeros. */
  static Similarity cosine() {
    return new Cosine();
  }

  /** The share of the k largest elements that both have in common, from 0 to 1. */
  static Similarity top(int k) {
    return new Top(k);
  }

  /** The structural similarity of maps of images of this shape, from −1 to 1 ({@link Ssim}). */
  static Similarity ssim(int height, int width, int channels) {
    return new Ssim(height, width, channels);
  }

  /** The same of |a| and |b|: whether a pixel speaks for or against does not matter. */
  default Similarity ofMagnitudes() {
    return new Magnitudes(this);
  }

  /** See {@link #of(Correlation)}. */
  record Correlated(Correlation correlation) implements Similarity {
    @Override
    public double of(double[] a, double[] b) {
      return correlation.of(a, b);
    }

    @Override
    public String toString() {
      return correlation == Correlation.PEARSON ? "Pearson" : "Spearman";
    }
  }

  /** See {@link #cosine}. */
  record Cosine() implements Similarity {
    @Override
    public double of(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return Math.clamp(sum / (Maps.norm(a) * Maps.norm(b)), -1, 1);
    }

    @Override
    public String toString() {
      return "cosine";
    }
  }

  /** See {@link #top}. */
  record Top(int k) implements Similarity {
    public Top {
      if (k < 1) {
        throw new IllegalArgumentException("k: " + k + " given, at least 1 is needed");
      }
    }

    @Override
    public double of(double[] a, double[] b) {
      int most = Math.min(k, a.length);
      int[] first = Order.largest(a, most);
      int[] second = Order.largest(b, most);
      long common = Arrays.stream(first).filter(i -> has(second, i)).count();
      return (double) common / most;
    }

    private static boolean has(int[] all, int i) {
      return Arrays.stream(all).anyMatch(j -> i == j);
    }

    @Override
    public String toString() {
      return "top " + k;
    }
  }

  /** See {@link #ofMagnitudes}. */
  record Magnitudes(Similarity of) implements Similarity {
    @Override
    public double of(double[] a, double[] b) {
      return of.of(magnitudes(a), magnitudes(b));
    }

    private static double[] magnitudes(double[] v) {
      return Arrays.stream(v).map(Math::abs).toArray();
    }

    @Override
    public String toString() {
      return of + " of magnitudes";
    }
  }
}
