package dev.vitrine.bench.studio;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What the model says while features are set to 0, which is black or a column's mean: the largest
 * of a map first, and beside that the mean over random orders.
 */
final class Erased implements Answer {
  private static final int MOST_STEPS = 50;
  private static final int ORDERS = 8;
  private static final int STREAM = 0;

  private final Lanes lanes;

  Erased(Lanes lanes) {
    this.lanes = lanes;
  }

  /**
   * For shares from 0 to 1, in as many steps as there are features, at most {@value #MOST_STEPS}.
   *
   * @param order features, the largest first
   * @param said of the target when the largest are gone
   * @param classes what is predicted then
   * @param random of the target when as many others are gone
   */
  record Curve(int[] order, float[] said, int[] classes, float[] random) {}

  private record Work(String exhibit) {}

  @Override
  public Curve to(Asked asked) {
    Exhibit exhibit = asked.exhibit();
    Showcase showcase = asked.showcase();
    float[] x = asked.x().toFloats();
    float[] map = asked.floats("map", showcase.features());
    // a model with one output has two classes, whose probabilities it gives
    int classes = Math.max(exhibit.outputs(), showcase.classes().size());
    int target = asked.number("target", 0, classes - 1);
    int[][] orders = new int[1 + ORDERS][];
    orders[0] = largestFirst(map);
    for (int r = 1; r < orders.length; r++) {
      orders[r] = Philox.permutation(0, STREAM, r, map.length);
    }
    int steps = Math.min(MOST_STEPS, map.length);
    Tensor all = erased(x, orders, steps, showcase);
    float[][] said =
        lanes
            .run(new Work(exhibit.name()), () -> exhibit.said(exhibit.closer(), all, showcase))
            .result();
    float[] ours = new float[steps + 1];
    float[] random = new float[steps + 1];
    int[] predicted = new int[steps + 1];
    for (int s = 0; s <= steps; s++) {
      ours[s] = said[s][target];
      predicted[s] = Exhibit.largest(said[s]);
      for (int r = 1; r <= ORDERS; r++) {
        random[s] += said[r * (steps + 1) + s][target] / ORDERS;
      }
    }
    return new Curve(orders[0], ours, predicted, random);
  }

  /** NaN comes last, equal ones in their order. */
  static int[] largestFirst(float[] map) {
    return IntStream.range(0, map.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> 0 - map[i])) // 0 − 0 and 0 + 0 are the same
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Each order at each step. */
  private static Tensor erased(float[] x, int[][] orders, int steps, Showcase showcase) {
    int[] starts = showcase.starts();
    float[] all = new float[orders.length * (steps + 1) * x.length];
    int at = 0;
    for (int[] order : orders) {
      float[] left = x.clone();
      int gone = 0;
      for (int s = 0; s <= steps; s++) {
        for (; gone < count(s, steps, order.length); gone++) {
          Arrays.fill(left, starts[order[gone]], starts[order[gone] + 1], 0);
        }
        System.arraycopy(left, 0, all, at, x.length);
        at += x.length;
      }
    }
    return Tensor.of(showcase.row().with(0, orders.length * (steps + 1)), all);
  }

  /** Features that are gone at a step. */
  static int count(int step, int steps, int features) {
    return Math.round((float) step * features / steps);
  }
}
