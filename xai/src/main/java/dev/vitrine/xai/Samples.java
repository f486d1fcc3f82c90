package dev.vitrine.xai;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Moments of what random samples of each row give. Each element is one ascending chain over the
 * samples, so neither the batch nor the number of rounds changes a bit.
 *
 * @param count samples of each row; with a tolerance, of the first round
 * @param tolerance 0 = exactly that many; else each row doubles them until the standard errors are
 *     small: ‖error‖₂ ≤ tolerance·‖mean‖₂
 */
public record Samples(int count, double tolerance) {
  /** No row takes more samples. */
  public static final int MOST = 1 << 14;

  /** Samples that are computed together. */
  private static final int TOGETHER = 1024;

  public Samples {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "samples: " + count + " given, 1 to " + MOST + " are possible");
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance: " + tolerance + " given, 0 or more is needed");
    }
  }

  /** What the samples give. */
  @FunctionalInterface
  public interface Each {
    /** Values with the samples in front; none may depend on a sample's neighbours. */
    List<Tensor> of(Question samples);
  }

  /** What came out: moments of each value, and how many samples each row took. */
  public record Result(List<Moments> values, int[] counts, boolean[] converged) {
    /** Of the value that {@link Each} gives first. */
    public Moments first() {
      return values.getFirst();
    }
  }

  /** Per row and element, Σ v and Σ v². */
  public static final class Moments {
    private final Shape shape;
    private final float[][] sum;
    private final float[][] squares;
    private final int[] counts;

    private Moments(Shape sample, int[] counts) {
      int size = Math.toIntExact(sample.with(0, 1).size());
      this.shape = sample.with(0, counts.length);
      this.sum = new float[counts.length][size];
      this.squares = new float[counts.length][size];
      this.counts = counts;
    }

    private void add(int row, float[] values, int from) {
      float[] s = sum[row];
      float[] q = squares[row];
      for (int i = 0; i < s.length; i++) {
        float v = values[from + i];
        s[i] += v;
        q[i] += v * v;
      }
    }

    private interface Statistic {
      double of(float sum, float squares, int count);
    }

    private Tensor each(Statistic s) {
      Tensor all = new Memory("moments").floats(shape);
      for (int r = 0; r < counts.length; r++) {
        float[] row = new float[sum[r].length];
        for (int i = 0; i < row.length; i++) {
          row[i] = (float) s.of(sum[r][i], squares[r][i], counts[r]);
        }
        all.rows(r, r + 1).set(row);
      }
      return all;
    }

    /** Σ v. */
    public Tensor sum() {
      return each((sum, squares, m) -> sum);
    }

    /** Σ v / count. */
    public Tensor mean() {
      return each((sum, squares, m) -> sum / m);
    }

    /** Σ v² / count. */
    public Tensor meanSquare() {
      return each((sum, squares, m) -> squares / m);
    }

    /** Σ v² / count − mean². */
    public Tensor variance() {
      return each((sum, squares, m) -> squares / m - sum / m * (sum / m));
    }

    /** √(unbiased variance / count); of one sample unknown, NaN. */
    public Tensor standardError() {
      return each((sum, squares, m) -> {
        double mean = sum / m;
        return Math.sqrt(Math.max(squares / m - mean * mean, 0) / (m - 1));
      });
    }
  }

  /** Takes samples of each row and adds up what they give. */
  public Result of(Question q, Each each) {
    int n = q.size();
    var values = new ArrayList<Moments>();
    var result = new Result(values, new int[n], new boolean[n]);
    int[] open = IntStream.range(0, n).toArray();
    for (int done = 0, want = count;
        open.length > 0;
        done = want, want = Math.min(2 * want, MOST)) {
      add(q, each, result, open, done, want);
      boolean last = tolerance == 0 || want == MOST;
      judge(result, open);
      open = last ? new int[0] : Arrays.stream(open).filter(r -> !result.converged[r]).toArray();
    }
    return result;
  }

  private void judge(Result result, int[] rows) {
    if (tolerance == 0) {
      Arrays.fill(result.converged, true);
      return;
    }
    Tensor mean = result.first().mean();
    Tensor error = result.first().standardError();
    for (int r : rows) {
      result.converged[r] = norm(error.rows(r, r + 1)) <= tolerance * norm(mean.rows(r, r + 1));
    }
  }

  /** Samples from to to of these rows, so many at once that memory stays small. */
  private void add(Question q, Each each, Result result, int[] rows, int from, int to) {
    int most = tolerance == 0 ? count : MOST;
    int step = Math.min(to - from, TOGETHER);
    int group = Math.max(1, TOGETHER / step);
    for (int first = 0; first < rows.length; first += group) {
      int[] some = Arrays.copyOfRange(rows, first, Math.min(first + group, rows.length));
      for (int s = from; s < to; s += step) {
        try (Question samples = q.samples(some, s, Math.min(s + step, to), most)) {
          add(each.of(samples), result, some);
        }
      }
    }
  }

  private static void add(List<Tensor> values, Result result, int[] rows) {
    for (int k = result.values.size(); k < values.size(); k++) {
      result.values.add(new Moments(values.get(k).shape(), result.counts));
    }
    int samples = values.getFirst().shape().dim(0);
    int times = samples / rows.length;
    for (int k = 0; k < values.size(); k++) {
      float[] all = values.get(k).toFloats();
      for (int s = 0; s < samples; s++) {
        result.values.get(k).add(rows[s / times], all, s * (all.length / samples));
      }
    }
    for (int row : rows) {
      result.counts[row] += times;
    }
  }

  private static double norm(Tensor v) {
    double sum = 0;
    for (long i = 0; i < v.size(); i++) {
      sum += (double) v.at(i) * v.at(i);
    }
    return Math.sqrt(sum);
  }

  @Override
  public String toString() {
    return tolerance == 0 ? String.valueOf(count) : "from %d, to %s".formatted(count, tolerance);
  }
}
