package dev.vitrine.xai.global;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Predictor;
import dev.vitrine.xai.metric.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How good a predictor is on each slice of the data, the worst first: what a mean over everything
 * hides (as TensorFlow Model Analysis shows it). Intervals are Wilson's for shares, and by the
 * bootstrap for all other scores.
 *
 * @param score the larger, the better
 * @param draws of the bootstrap
 * @param seed of the bootstrap; a slice's draws depend on its number of rows, not on other slices
 */
public record SliceAnalysis(Score score, int draws, long seed) {

  /** 1000 draws. */
  public SliceAnalysis(Score score, long seed) {
    this(score, 1000, seed);
  }

  /**
   * A score of a slice.
   *
   * @param slice of these rows
   * @param score of them
   * @param interval where it lies with 95 % confidence
   * @param difference to the score of all rows
   */
  public record Result(Slice slice, double score, Interval interval, double difference) {
    /** True if even the best end of the interval is below the score of all rows. */
    public boolean isWorse() {
      return interval.high() < score - difference;
    }
  }

  /**
   * Scores of slices, in ascending order; slices without rows are left out, undefined scores come
   * last.
   *
   * @param targets labels, int [n], or values [n, …]
   */
  public List<Result> of(Predictor predictor, Tensor x, Tensor targets, List<Slice> slices) {
    return of(predictor.outputs(x), targets, slices);
  }

  /** The same from outputs [n, k]. */
  public List<Result> of(Tensor outputs, Tensor targets, List<Slice> slices) {
    double all = score.of(outputs, targets);
    var results = new ArrayList<Result>();
    for (Slice s : slices) {
      if (s.rows().length > 0) {
        double own = on(s.rows(), outputs, targets);
        results.add(new Result(s, own, interval(s, own, outputs, targets), own - all));
      }
    }
    results.sort(Comparator.comparingDouble(Result::score));
    return List.copyOf(results);
  }

  private Interval interval(Slice s, double own, Tensor outputs, Tensor targets) {
    int n = s.rows().length;
    if (score.isShare()) {
      return Interval.wilson(own, n);
    }
    long key = Philox.pair(seed, n, 0, 0, 0, 0);
    return Interval.bootstrap(
        n,
        draws,
        key,
        drawn -> on(Arrays.stream(drawn).map(i -> s.rows()[i]).toArray(), outputs, targets));
  }

  private double on(int[] rows, Tensor outputs, Tensor targets) {
    try (var memory = new Memory("slice")) {
      return score.of(some(memory, outputs, rows), some(memory, targets, rows));
    }
  }

  private static Tensor some(Memory memory, Tensor of, int[] rows) {
    Tensor some = memory.tensor(of.dtype(), of.shape().with(0, rows.length));
    if (of.dtype() == DType.INT32) {
      int width = Math.toIntExact(of.size() / of.shape().dim(0));
      for (int i = 0; i < some.size(); i++) {
        some.putInt(i, of.intAt((long) rows[i / width] * width + i % width));
      }
      return some;
    }
    for (int i = 0; i < rows.length; i++) {
      some.rows(i, i + 1).set(of.rows(rows[i], rows[i] + 1));
    }
    return some;
  }
}
