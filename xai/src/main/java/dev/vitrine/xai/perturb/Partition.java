package dev.vitrine.xai.perturb;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which feature each element of a row belongs to. A feature is known or unknown as a whole: one
 * number of a table, a pixel with all its channels, a superpixel, a word.
 *
 * @param of the feature of each element, 0 to count − 1, each of them at least once
 * @param count how many features there are
 */
public record Partition(int[] of, int count) {
  public Partition {
    boolean[] used = new boolean[count];
    for (int f : of) {
      if (f < 0 || f >= count) {
        throw new IllegalArgumentException(
            "feature %d: features are numbered from 0 to %d".formatted(f, count - 1));
      }
      used[f] = true;
    }
    for (int f = 0; f < count; f++) {
      if (!used[f]) {
        throw new IllegalArgumentException(
            "feature %d of %d has no element: number features without gaps".formatted(f, count));
      }
    }
  }

  /** Each of {@code size} elements is a feature. */
  public static Partition each(int size) {
    return new Partition(IntStream.range(0, size).toArray(), size);
  }

  /** Elements of equal labels are a feature; features stand in the order of their labels. */
  public static Partition of(int[] labels) {
    int[] distinct = Arrays.stream(labels).sorted().distinct().toArray();
    int[] of = new int[labels.length];
    Arrays.setAll(of, i -> Arrays.binarySearch(distinct, labels[i]));
    return new Partition(of, distinct.length);
  }

  /** The elements of each feature, in ascending order. */
  public int[][] elements() {
    int[] sizes = new int[count];
    for (int f : of) {
      sizes[f]++;
    }
    int[][] elements = new int[count][];
    Arrays.setAll(elements, f -> new int[sizes[f]]);
    for (int e = of.length - 1; e >= 0; e--) {
      elements[of[e]][--sizes[of[e]]] = e;
    }
    return elements;
  }

  /** Each element gets the value of its feature. */
  public float[] spread(double[] values) {
    float[] all = new float[of.length];
    for (int e = 0; e < all.length; e++) {
      all[e] = (float) values[of[e]];
    }
    return all;
  }
}
