package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How fast the explained number falls while the elements with the largest attributions are taken
 * away, and how fast it rises while they are put back into an empty input (Petsiuk, Das and Saenko
 * 2018, section 4.3). The area under each curve is a mean by the trapezoid rule over the fraction
 * of changed elements: a good attribution has a small one for deletion and a large one for
 * insertion.
 *
 * @param empty what stands for a missing element
 * @param step elements that change at once
 */
public record DeletionInsertion(float empty, int step) {
  public DeletionInsertion {
    if (step < 1) {
      throw new IllegalArgumentException("step: " + step + " given, at least 1 is needed");
    }
  }

  /**
   * The curves of each row.
   *
   * @param fractions how much has changed at each point, from 0 to 1
   * @param deletion the explained number at each point, [rows][points]
   * @param insertion likewise
   */
  public record Curves(double[] fractions, float[][] deletion, float[][] insertion) {
    /** The area under each row's deletion curve. */
    public double[] deletionArea() {
      return Arrays.stream(deletion).mapToDouble(this::area).toArray();
    }

    /** The area under each row's insertion curve. */
    public double[] insertionArea() {
      return Arrays.stream(insertion).mapToDouble(this::area).toArray();
    }

    private double area(float[] curve) {
      double sum = 0;
      for (int k = 1; k < curve.length; k++) {
        double height = ((double) curve[k] + curve[k - 1]) / 2;
        sum += (fractions[k] - fractions[k - 1]) * height;
      }
      return sum;
    }
  }

  /** The curves for attributions in the shape of x; equal ones change in the order of elements. */
  public Curves of(Subject subject, Tensor x, Target target, Tensor attributions) {
    if (!attributions.shape().equals(x.shape())) {
      throw new IllegalArgumentException(
          "attributions %s for input %s: each element of the input needs its own"
              .formatted(attributions.shape(), x.shape()));
    }
    int n = x.shape().dim(0);
    int size = Math.toIntExact(x.size() / n);
    int points = Math.ceilDiv(size, step) + 1;
    double[] fractions = new double[points];
    Arrays.setAll(fractions, k -> (double) Math.min(k * step, size) / size);
    float[][] deletion = new float[n][];
    float[][] insertion = new float[n][];
    try (Question q = Question.of(subject, x, 0, target)) {
      for (int r = 0; r < n; r++) {
        int[] order = order(attributions.rows(r, r + 1));
        try (Question copies = q.samples(new int[] {r}, 0, points, points)) {
          deletion[r] = copies.about(changed(copies, order, true)).explained();
          insertion[r] = copies.about(changed(copies, order, false)).explained();
        }
      }
    }
    return new Curves(fractions, deletion, insertion);
  }

  private static int[] order(Tensor row) {
    float[] a = row.toFloats();
    return IntStream.range(0, a.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -a[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Copy k of the row with its first k·step elements missing, or with only those. */
  private Tensor changed(Question copies, int[] order, boolean delete) {
    Tensor all = copies.memory().floats(copies.x().shape()).set(copies.x());
    for (int k = 0; k < copies.size(); k++) {
      int done = Math.min(k * step, order.length);
      int from = delete ? 0 : done;
      int to = delete ? done : order.length;
      for (int i = from; i < to; i++) {
        all.put((long) k * order.length + order[i], empty);
      }
    }
    return all;
  }
}
