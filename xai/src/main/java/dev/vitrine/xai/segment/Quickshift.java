package dev.vitrine.xai.segment;

import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;

/**
 * Each pixel points to its nearest pixel of higher density, up to {@code maxDistance} away; the
 * trees of this forest are the segments. Vedaldi and Soatto 2008.
 *
 * <p>A pixel is a point (ratio · L*a*b*, row, column) of R⁵. Its density is Σ exp(−d²/2κ²) over the
 * pixels of a square that reaches ⌈3κ⌉ each way, itself included, plus noise of 10⁻⁵ so that no two
 * are equal. Pixels of a segment need not be connected.
 *
 * @param kernelSize κ, at least 1: larger means fewer segments
 * @param maxDistance the longest arrow in R⁵: larger means fewer segments
 * @param ratio weight of colour against place
 * @param sigma deviation in pixels of the Gaussian that smooths the image, 0 = none
 * @param seed of the noise
 */
public record Quickshift(
    double kernelSize, double maxDistance, double ratio, double sigma, long seed)
    implements Segmenter {
  private static final double NOISE = 1e-5;

  public Quickshift {
    if (!(kernelSize >= 1 && kernelSize < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "kernelSize: " + kernelSize + " given, at least 1 is needed");
    }
    Positive.need("maxDistance", maxDistance);
    Positive.need("ratio", ratio);
    Positive.needOrZero("sigma", sigma);
  }

  /** Without smoothing, noise from seed 0. */
  public Quickshift(double kernelSize, double maxDistance, double ratio) {
    this(kernelSize, maxDistance, ratio, 0, 0);
  }

  @Override
  public Segments segment(Tensor image) {
    Pixels p = Gaussian.smooth(Lab.of(Pixels.of(image)), sigma).times(ratio);
    int[] parent = parents(p, densities(p));
    for (int i = 0; i < parent.length; i++) {
      int root = i;
      while (parent[root] != root) {
        root = parent[root];
      }
      parent[i] = root;
    }
    return Segments.of(p.height(), p.width(), parent);
  }

  private int reach() {
    return (int) Math.ceil(3 * kernelSize);
  }

  private double[] densities(Pixels p) {
    var noise = new RandomStream(seed, 0, 0);
    double[] density = new double[p.count()];
    Arrays.setAll(density, i -> NOISE * noise.normal() + 1); // e⁰: the pixel itself
    double factor = -0.5 / (kernelSize * kernelSize);
    for (int i = 0; i < density.length; i++) {
      int row = i / p.width();
      int column = i % p.width();
      for (int r = row; r <= Math.min(p.height() - 1, row + reach()); r++) {
        // each pair once: what follows in this row, and all of the rows below
        int left = r == row ? column + 1 : Math.max(0, column - reach());
        int right = Math.min(p.width() - 1, column + reach());
        for (int c = left; c <= right; c++) {
          int j = r * p.width() + c;
          double share = StrictMath.exp(factor * squared(p, i, j, r - row, c - column));
          density[i] += share;
          density[j] += share;
        }
      }
    }
    return density;
  }

  private int[] parents(Pixels p, double[] density) {
    int[] parent = new int[density.length];
    for (int i = 0; i < parent.length; i++) {
      int row = i / p.width();
      int column = i % p.width();
      double nearest = maxDistance * maxDistance;
      parent[i] = i;
      for (int r = Math.max(0, row - reach()); r <= Math.min(p.height() - 1, row + reach()); r++) {
        for (int c = Math.max(0, column - reach());
            c <= Math.min(p.width() - 1, column + reach());
            c++) {
          int j = r * p.width() + c;
          if (density[j] > density[i]) {
            double d = squared(p, i, j, r - row, c - column);
            if (d < nearest || (d == nearest && parent[i] == i)) {
              nearest = d;
              parent[i] = j;
            }
          }
        }
      }
    }
    return parent;
  }

  private static double squared(Pixels p, int i, int j, int down, int right) {
    return p.squaredDistance(i, j) + down * down + right * right;
  }
}
