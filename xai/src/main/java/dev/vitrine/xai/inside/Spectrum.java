package dev.vitrine.xai.inside;

import java.util.Arrays;

/**
 * z[y, x] = Σ over (u, v) of s(u, v)·(re·cos θ − im·sin θ), θ = 2π(u·y/h + v·x/w), s(u, v) =
 * 1/(4·√(h·w)·max(f, 1/max(h, w))^decay) with f = √(f_u² + f_v²) in cycles per pixel: lucid's
 * parametrisation. Rows and columns are summed one after the other. Parameters of a channel: all re
 * [h, w], then all im.
 */
final class Spectrum implements Painting {
  private final int h;
  private final int w;
  private final int channels;
  private final double[] scale;
  private final double[][] rowCos;
  private final double[][] rowSin;
  private final double[][] columnCos;
  private final double[][] columnSin;

  Spectrum(int h, int w, int channels, double decay) {
    this.h = h;
    this.w = w;
    this.channels = channels;
    this.scale = new double[h * w];
    for (int u = 0; u < h; u++) {
      for (int v = 0; v < w; v++) {
        double fu = Math.min(u, h - u) / (double) h;
        double fv = Math.min(v, w - v) / (double) w;
        double f = Math.max(Math.sqrt(fu * fu + fv * fv), 1.0 / Math.max(h, w));
        scale[u * w + v] = 1 / (4 * Math.sqrt((double) h * w) * StrictMath.pow(f, decay));
      }
    }
    rowCos = waves(h, true);
    rowSin = waves(h, false);
    columnCos = waves(w, true);
    columnSin = waves(w, false);
  }

  private static double[][] waves(int n, boolean cos) {
    double[][] waves = new double[n][n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        double angle = 2 * Math.PI * (k * i % n) / n;
        waves[k][i] = cos ? StrictMath.cos(angle) : StrictMath.sin(angle);
      }
    }
    return waves;
  }

  @Override
  public int size() {
    return 2 * channels * h * w;
  }

  @Override
  public double[] paint(double[] p) {
    double[] z = new double[h * w * channels];
    for (int c = 0; c < channels; c++) {
      double[] re = scaled(Arrays.copyOfRange(p, 2 * c * h * w, (2 * c + 1) * h * w));
      double[] im = scaled(Arrays.copyOfRange(p, (2 * c + 1) * h * w, (2 * c + 2) * h * w));
      for (int y = 0; y < h; y++) {
        double[] real = new double[w];
        double[] imaginary = new double[w];
        for (int u = 0; u < h; u++) {
          double cos = rowCos[u][y];
          double sin = rowSin[u][y];
          for (int v = 0; v < w; v++) {
            real[v] += cos * re[u * w + v] - sin * im[u * w + v];
            imaginary[v] += sin * re[u * w + v] + cos * im[u * w + v];
          }
        }
        for (int x = 0; x < w; x++) {
          double sum = 0;
          for (int v = 0; v < w; v++) {
            sum += columnCos[v][x] * real[v] - columnSin[v][x] * imaginary[v];
          }
          z[(y * w + x) * channels + c] = sum;
        }
      }
    }
    return z;
  }

  @Override
  public double[] back(double[] dz) {
    double[] dp = new double[size()];
    for (int c = 0; c < channels; c++) {
      double[] re = new double[h * w];
      double[] im = new double[h * w];
      for (int y = 0; y < h; y++) {
        double[] real = new double[w];
        double[] imaginary = new double[w];
        for (int x = 0; x < w; x++) {
          double d = dz[(y * w + x) * channels + c];
          for (int v = 0; v < w; v++) {
            real[v] += columnCos[v][x] * d;
            imaginary[v] -= columnSin[v][x] * d;
          }
        }
        for (int u = 0; u < h; u++) {
          double cos = rowCos[u][y];
          double sin = rowSin[u][y];
          for (int v = 0; v < w; v++) {
            re[u * w + v] += cos * real[v] + sin * imaginary[v];
            im[u * w + v] += cos * imaginary[v] - sin * real[v];
          }
        }
      }
      System.arraycopy(scaled(re), 0, dp, 2 * c * h * w, h * w);
      System.arraycopy(scaled(im), 0, dp, (2 * c + 1) * h * w, h * w);
    }
    return dp;
  }

  private double[] scaled(double[] spectrum) {
    for (int i = 0; i < spectrum.length; i++) {
      spectrum[i] *= scale[i];
    }
    return spectrum;
  }
}
