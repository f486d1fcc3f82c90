package dev.vitrine.xai.perturb;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Question;
import java.util.Arrays;
import java.util.List;

/** What stands in place of features that are not known. */
public interface Replacement {
  /** The alternatives for each row of the question, whose features these are. */
  List<Background> of(Question q, List<Partition> features);

  /** A baseline: a constant, a blurred image, one drawn row, noise. */
  static Replacement of(Baseline baseline) {
    return new OfBaseline(baseline, 1);
  }

  /** All zeros. */
  static Replacement zero() {
    return of(Baseline.zero());
  }

  /** Several draws of a random baseline for each row. */
  static Replacement draws(Baseline random, int count) {
    return new OfBaseline(random, count);
  }

  /** The mean of the feature's own elements, channel by channel in images [h, w, c]. */
  static Replacement mean() {
    return new Mean();
  }

  /** Each row of {@code data} [m, …] in turn, so that what is unknown is averaged out. */
  static Replacement background(Tensor data) {
    double[] equal = new double[data.shape().dim(0)];
    Arrays.fill(equal, 1);
    return background(data, equal);
  }

  /** The same with a weight for each row. */
  static Replacement background(Tensor data, double... weights) {
    return new Data(data, weights.clone());
  }

  /**
   * Rows of {@code data} that are like the explained one in what is known ({@link Conditional}).
   */
  static Replacement conditional(Tensor data, double bandwidth) {
    return new Conditional(data, bandwidth);
  }

  /** See {@link #of(Baseline)} and {@link #draws}. */
  record OfBaseline(Baseline baseline, int count) implements Replacement {
    public OfBaseline {
      if (count < 1) {
        throw new IllegalArgumentException("draws: " + count + " given, at least 1 is needed");
      }
    }

    @Override
    public List<Background> of(Question q, List<Partition> features) {
      float[][][] rows = new float[q.size()][count][];
      for (int d = 0; d < count; d++) {
        int draw = d;
        int[] numbers = Arrays.stream(q.numbers()).map(n -> n * count + draw).toArray();
        float[] all = baseline.rows(q.x(), numbers, q.memory()).toFloats();
        int size = all.length / q.size();
        for (int r = 0; r < rows.length; r++) {
          rows[r][d] = Arrays.copyOfRange(all, r * size, (r + 1) * size);
        }
      }
      double[] equal = new double[count];
      Arrays.fill(equal, 1);
      return Arrays.stream(rows).map(r -> Background.of(r, equal)).toList();
    }

    @Override
    public String toString() {
      return count == 1 ? baseline.toString() : count + " draws of " + baseline;
    }
  }

  /** See {@link #mean}. */
  record Mean() implements Replacement {
    @Override
    public List<Background> of(Question q, List<Partition> features) {
      Shape s = q.x().shape();
      int channels = s.rank() == 4 ? s.dim(3) : 1;
      float[] x = q.x().toFloats();
      int size = x.length / q.size();
      var all = new Background[q.size()];
      Arrays.setAll(all, r -> Background.of(means(x, r * size, features.get(r), channels)));
      return List.of(all);
    }

    private static float[] means(float[] x, int from, Partition p, int channels) {
      double[] sums = new double[p.count() * channels];
      int[] counts = new int[sums.length];
      for (int e = 0; e < p.of().length; e++) {
        int at = p.of()[e] * channels + e % channels;
        sums[at] += x[from + e];
        counts[at]++;
      }
      float[] means = new float[p.of().length];
      for (int e = 0; e < means.length; e++) {
        int at = p.of()[e] * channels + e % channels;
        means[e] = (float) (sums[at] / counts[at]);
      }
      return means;
    }

    @Override
    public String toString() {
      return "the mean of each feature";
    }
  }

  /** See {@link #background(Tensor, double...)}. */
  record Data(Tensor data, double[] weights) implements Replacement {
    @Override
    public List<Background> of(Question q, List<Partition> features) {
      Background shared = Background.of(rows(data, q), weights);
      return features.stream().map(f -> shared).toList();
    }

    @Override
    public String toString() {
      boolean equal = Arrays.stream(weights).allMatch(w -> w == weights[0]);
      return "rows of " + name(data) + (equal ? "" : ", weights " + Arrays.toString(weights));
    }
  }

  /** What a tensor is called in provenance: a part of its hash. */
  static String name(Tensor data) {
    return TensorHash.of(data).substring(0, 16);
  }

  /** Rows of {@code data}, which must fit those of the question. */
  static float[][] rows(Tensor data, Question q) {
    Shape s = data.shape();
    if (s.rank() == 0 || s.dim(0) == 0 || !s.with(0, 1).equals(q.x().shape().with(0, 1))) {
      throw new IllegalArgumentException(
          "background %s for input %s: give at least one row of the same shape"
              .formatted(s, q.x().shape()));
    }
    float[][] rows = new float[s.dim(0)][];
    Arrays.setAll(rows, b -> data.rows(b, b + 1).toFloats());
    return rows;
  }
}
