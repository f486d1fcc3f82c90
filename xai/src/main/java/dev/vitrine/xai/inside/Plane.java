package dev.vitrine.xai.inside;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;

/**
 * A plane in the space of inputs: (u, v) is the row origin + u·across + v·down.
 *
 * @param shape of a row
 * @param origin a row where u = v = 0
 * @param across the direction of u
 * @param down the direction of v, which must not be a multiple of across
 */
public record Plane(Shape shape, double[] origin, double[] across, double[] down) {
  private static final double PARALLEL = 1e-12;

  public Plane {
    double aa = dot(across, across);
    double bb = dot(down, down);
    double ab = dot(across, down);
    if (!(aa * bb - ab * ab > PARALLEL * aa * bb)) {
      throw new IllegalArgumentException(
          "the two directions are parallel or 0: a plane needs two different ones");
    }
  }

  /** Inputs of two numbers as they are: u the first, v the second. */
  public static Plane ofTwo() {
    return new Plane(Shape.of(2), new double[2], new double[] {1, 0}, new double[] {0, 1});
  }

  /** From rows [1, …]: a mean and two principal directions, say. */
  public static Plane of(Tensor origin, Tensor across, Tensor down) {
    return new Plane(origin.shape().without(0), numbers(origin), numbers(across), numbers(down));
  }

  /**
   * Through three rows [1, …]: a is the origin, b lies on the axis across, and distances are those
   * of the space.
   */
  public static Plane through(Tensor a, Tensor b, Tensor c) {
    double[] origin = numbers(a);
    double[] across = unit(minus(numbers(b), origin, 1));
    double[] way = minus(numbers(c), origin, 1);
    double[] rest = minus(way, across, dot(way, across));
    if (!(dot(rest, rest) > PARALLEL * dot(way, way))) {
      throw new IllegalArgumentException(
          "the three points lie on a line: a plane needs three that don't");
    }
    return new Plane(a.shape().without(0), origin, across, unit(rest));
  }

  /** Writes the row at (u, v). */
  void write(double u, double v, float[] into, int at) {
    for (int i = 0; i < origin.length; i++) {
      into[at + i] = (float) (origin[i] + u * across[i] + v * down[i]);
    }
  }

  /** (u, v) of the point of the plane that is nearest to each row [n, …]: [n][2]. */
  public double[][] coordinates(Tensor x) {
    float[] rows = x.toFloats();
    int n = x.shape().dim(0);
    double aa = dot(across, across);
    double bb = dot(down, down);
    double ab = dot(across, down);
    double[][] at = new double[n][];
    for (int r = 0; r < n; r++) {
      double a = 0;
      double b = 0;
      for (int i = 0; i < origin.length; i++) {
        double off = rows[r * origin.length + i] - origin[i];
        a += off * across[i];
        b += off * down[i];
      }
      double det = aa * bb - ab * ab;
      at[r] = new double[] {(a * bb - b * ab) / det, (b * aa - a * ab) / det};
    }
    return at;
  }

  private static double[] numbers(Tensor row) {
    float[] f = row.toFloats();
    double[] d = new double[f.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = f[i];
    }
    return d;
  }

  private static double dot(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "rows of %d and of %d elements: they must be of the same kind"
              .formatted(a.length, b.length));
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** a − factor·b. */
  private static double[] minus(double[] a, double[] b, double factor) {
    double[] c = a.clone();
    for (int i = 0; i < c.length; i++) {
      c[i] -= factor * b[i];
    }
    return c;
  }

  private static double[] unit(double[] a) {
    double length = Math.sqrt(dot(a, a));
    double[] u = a.clone();
    for (int i = 0; i < u.length; i++) {
      u[i] /= length;
    }
    return u;
  }
}
