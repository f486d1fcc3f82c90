package dev.vitrine.xai.inside;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Predictor;
import java.util.Arrays;

/**
 * What a predictor says at each point of a grid in a plane: where classes meet is its decision
 * boundary.
 *
 * @param plane where it lies
 * @param u across, in ascending order
 * @param v down
 * @param outputs at each point, [v][u][outputs]
 */
public record DecisionMap(Plane plane, double[] u, double[] v, float[][][] outputs) {
  /** Points that are asked about at once. */
  private static final int TOGETHER = 256;

  /** Of {@code width} by {@code height} points over a rectangle of the plane. */
  public static DecisionMap of(
      Predictor predictor,
      Plane plane,
      double left,
      double right,
      double top,
      double bottom,
      int width,
      int height) {
    if (width < 2 || height < 2 || !(left < right) || !(top < bottom)) {
      throw new IllegalArgumentException(
          "%d x %d points of [%s, %s] x [%s, %s]: 2 x 2 or more and low < high are needed"
              .formatted(width, height, left, right, top, bottom));
    }
    double[] u = spread(left, right, width);
    double[] v = spread(top, bottom, height);
    int size = plane.origin().length;
    float[][][] outputs = new float[height][width][];
    int points = Math.multiplyExact(width, height);
    try (var memory = new Memory("plane")) {
      for (int from = 0; from < points; from += TOGETHER) {
        int n = Math.min(TOGETHER, points - from);
        float[] rows = new float[n * size];
        for (int i = 0; i < n; i++) {
          plane.write(u[(from + i) % width], v[(from + i) / width], rows, i * size);
        }
        Shape shape = plane.shape().insert(0, n);
        float[] y = predictor.outputs(memory.floats(shape, rows)).toFloats();
        int k = y.length / n;
        for (int i = 0; i < n; i++) {
          outputs[(from + i) / width][(from + i) % width] =
              Arrays.copyOfRange(y, i * k, (i + 1) * k);
        }
      }
    }
    return new DecisionMap(plane, u, v, outputs);
  }

  /**
   * Of {@code width} by {@code height} points around these rows, with a tenth more on each side.
   */
  public static DecisionMap around(
      Predictor predictor, Plane plane, Tensor x, int width, int height) {
    double[][] at = plane.coordinates(x);
    double[] low = at[0].clone();
    double[] high = at[0].clone();
    for (double[] p : at) {
      for (int i = 0; i < 2; i++) {
        low[i] = Math.min(low[i], p[i]);
        high[i] = Math.max(high[i], p[i]);
      }
    }
    double du = (high[0] - low[0]) / 10;
    double dv = (high[1] - low[1]) / 10;
    return of(
        predictor, plane, low[0] - du, high[0] + du, low[1] - dv, high[1] + dv, width, height);
  }

  /** The largest output at each point, the first of equals; of one output 1 where it is above 0. */
  public int[][] classes() {
    int[][] classes = new int[v.length][u.length];
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < u.length; j++) {
        float[] y = outputs[i][j];
        classes[i][j] = y.length == 1 ? (y[0] > 0 ? 1 : 0) : largest(y, -1);
      }
    }
    return classes;
  }

  /**
   * By how much the largest output leads at each point, 0 on a boundary; of one output its amount.
   */
  public float[][] margins() {
    float[][] margins = new float[v.length][u.length];
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < u.length; j++) {
        float[] y = outputs[i][j];
        int first = largest(y, -1);
        margins[i][j] = y.length == 1 ? Math.abs(y[0]) : y[first] - y[largest(y, first)];
      }
    }
    return margins;
  }

  /** The first largest but for {@code except}. */
  private static int largest(float[] y, int except) {
    int best = except == 0 ? 1 : 0;
    for (int c = 1; c < y.length; c++) {
      best = c != except && y[c] > y[best] ? c : best;
    }
    return best;
  }

  private static double[] spread(double low, double high, int n) {
    double[] all = new double[n];
    Arrays.setAll(all, i -> low + (high - low) * i / (n - 1));
    return all;
  }
}
