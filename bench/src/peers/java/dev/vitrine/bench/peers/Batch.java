package dev.vitrine.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rows that can be learned from: noise in [−1, 1), plus a half where the class says so.
 *
 * @param x values, row after row
 * @param labels the class of each row; 0 or 1 where there is one output
 */
public record Batch(float[] x, int[] labels) {
  /** How many different ones each workload goes round. */
  public static final int COUNT = 16;

  /**
   * The batches of a workload. Every other one has the rows of the one before it again, a quarter
   * of them with other labels: what contradicts itself can't be learned by heart, so gradients
   * never become so small that denormal numbers slow an engine down.
   */
  public static List<Batch> of(Workload w) {
    var random = new SplittableRandom(1);
    var all = new ArrayList<Batch>();
    while (all.size() < COUNT) {
      Batch b = drawn(w, random);
      all.add(b);
      all.add(new Batch(b.x, relabelled(b.labels, classes(w))));
    }
    return all;
  }

  private static int classes(Workload w) {
    return Math.max(2, w.network().outputs());
  }

  private static Batch drawn(Workload w, SplittableRandom random) {
    int width = w.network().inputs();
    var x = new float[w.batch() * width];
    var labels = new int[w.batch()];
    for (int r = 0; r < labels.length; r++) {
      labels[r] = random.nextInt(classes(w));
      for (int j = 0; j < width; j++) {
        float signal = j % classes(w) == labels[r] ? 0.5f : 0;
        x[r * width + j] = (float) random.nextDouble(-1, 1) + signal;
      }
    }
    return new Batch(x, labels);
  }

  private static int[] relabelled(int[] labels, int classes) {
    int[] other = labels.clone();
    for (int r = 0; r < other.length; r += 4) {
      other[r] = (other[r] + 1) % classes;
    }
    return other;
  }

  /**
   * Labels as numbers: ones and zeros [n, classes], or 0 and 1 [n, 1] where there is one output.
   */
  public float[] targets(Network network) {
    int width = network.outputs();
    var y = new float[labels.length * width];
    for (int r = 0; r < labels.length; r++) {
      if (width == 1) {
        y[r] = labels[r];
      } else {
        y[r * width + labels[r]] = 1;
      }
    }
    return y;
  }
}
