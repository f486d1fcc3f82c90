package dev.vitrine.xai.inside;

import dev.vitrine.tensor.Philox;

/**
 * One image on its way up: p ← p + rate·m̂/(√v̂ + ε), Adam's step (Kingma and Ba 2015) in binary64.
 * p makes z, and the image is middle + (high − low)·z, clamped to its range; z itself where there
 * is none. A gradient that pushes a clamped number further out is dropped, one that brings it back
 * is not: unlike behind a sigmoid, nothing gets stuck at a wrong end.
 */
final class Ascent {
  private static final int STREAM = 1;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Painting painting;
  private final double low;
  private final double high;
  private final double[] parameters;
  private final double[] first;
  private final double[] second;
  private double power1 = 1;
  private double power2 = 1;
  private double[] image;

  /** Begins with parameters drawn from a normal distribution with deviation {@code start}. */
  Ascent(Painting painting, double low, double high, double start, long seed, int number) {
    this.painting = painting;
    this.low = low;
    this.high = high;
    this.parameters = new double[painting.size()];
    this.first = new double[parameters.length];
    this.second = new double[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = start * Philox.normalAt(seed, STREAM, 0, number, i);
    }
    this.image = painted();
  }

  private boolean hasRange() {
    return Double.isFinite(low);
  }

  private double[] painted() {
    double[] z = painting.paint(parameters);
    for (int i = 0; hasRange() && i < z.length; i++) {
      z[i] = Math.clamp((low + high) / 2 + (high - low) * z[i], low, high);
    }
    return z;
  }

  /** As it is now, row-major. */
  double[] image() {
    return image;
  }

  /** One step up a gradient towards the image. */
  void step(double[] gradient, double rate) {
    double[] dz = gradient.clone();
    for (int i = 0; hasRange() && i < dz.length; i++) {
      boolean outwards = dz[i] > 0 ? image[i] == high : image[i] == low;
      dz[i] *= outwards ? 0 : high - low;
    }
    double[] g = painting.back(dz);
    power1 *= BETA1;
    power2 *= BETA2;
    for (int i = 0; i < g.length; i++) {
      first[i] = BETA1 * first[i] + (1 - BETA1) * g[i];
      second[i] = BETA2 * second[i] + (1 - BETA2) * g[i] * g[i];
      double m = first[i] / (1 - power1);
      double v = second[i] / (1 - power2);
      parameters[i] += rate * m / (Math.sqrt(v) + EPSILON);
    }
    image = painted();
  }
}
