package dev.vitrine.xai.lime;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Copies;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.linear.Regression;
import dev.vitrine.xai.perturb.Partition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * LIME for rows of a table: samples are drawn around the row from what the training table looks
 * like, and a sample counts by its Euclidean distance in what the surrogate sees (Ribeiro, Singh
 * and Guestrin 2016, section 3.3; lime 0.2). The kernel is √exp(−d²/w²), w = 0.75·√columns.
 */
public final class LimeTabular implements Explainer {
  private final TrainingTable table;
  private final String name;
  private final TabularSampler sampler;
  private final int samples;
  private final Selection selection;
  private final int most;
  private final double width;
  private final long seed;

  private LimeTabular(
      TrainingTable table,
      String name,
      TabularSampler sampler,
      int samples,
      Selection selection,
      int most,
      double width,
      long seed) {
    if (samples < 2 || most < 1) {
      throw new IllegalArgumentException(
          "samples %d, at most %d features: at least 2 and 1 are needed".formatted(samples, most));
    }
    this.table = table;
    this.name = name;
    this.sampler = sampler;
    this.samples = samples;
    this.selection = selection;
    this.most = most;
    this.width = width;
    this.seed = seed;
  }

  /**
   * On quartile bins, with 5000 samples and all columns in the model.
   *
   * @param training rows that the model was trained on, [m, columns]
   * @param categorical columns that hold categories
   */
  public static LimeTabular of(Tensor training, Set<Integer> categorical, long seed) {
    var table = TrainingTable.of(training, categorical);
    String name = TensorHash.of(training).substring(0, 16);
    double width = 0.75 * Math.sqrt(table.width());
    return new LimeTabular(
        table, name, TabularSampler.BINS, 5000, Selection.NONE, Integer.MAX_VALUE, width, seed);
  }

  /** Without bins: normal samples around the mean of the table. */
  public LimeTabular aroundMean() {
    return with(TabularSampler.AROUND_MEAN);
  }

  /** Without bins: normal samples around the row. */
  public LimeTabular aroundRow() {
    return with(TabularSampler.AROUND_ROW);
  }

  private LimeTabular with(TabularSampler by) {
    return new LimeTabular(table, name, by, samples, selection, most, width, seed);
  }

  /** So many samples, the row among them. */
  public LimeTabular samples(int count) {
    return new LimeTabular(table, name, sampler, count, selection, most, width, seed);
  }

  /** At most so many columns in the model. */
  public LimeTabular select(Selection by, int count) {
    return new LimeTabular(table, name, sampler, samples, by, count, width, seed);
  }

  /** Another width of the kernel. */
  public LimeTabular width(double w) {
    return new LimeTabular(table, name, sampler, samples, selection, most, w, seed);
  }

  @Override
  public String name() {
    return "LIME";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "table",
        name,
        "samples",
        samples + " " + sampler,
        "kernel",
        Kernel.lime(width).toString(),
        "selection",
        selection == Selection.NONE ? "all" : selection + ", " + most,
        "seed",
        String.valueOf(seed));
  }

  @Override
  public Attribution explain(Question q) {
    var partitions = Collections.nCopies(q.size(), Partition.each(table.width()));
    return Surrogate.answer(this, q, q.explained(), partitions, fits(q));
  }

  /** The surrogate of each row. */
  public List<Surrogate> fits(Question q) {
    if (q.x().shape().rank() != 2 || q.x().shape().dim(1) != table.width()) {
      throw new IllegalArgumentException(
          "rows %s for a table with %d columns: they need as many"
              .formatted(q.x().shape(), table.width()));
    }
    var drawn = new Drawn(q.x().toFloats(), q.numbers());
    float[] f = q.explained(drawn);
    var fits = new ArrayList<Surrogate>();
    for (int r = 0; r < q.size(); r++) {
      double[][] z = drawn.seen(r);
      double[] y = new double[samples];
      for (int s = 0; s < samples; s++) {
        y[s] = f[r * samples + s];
      }
      double[] weights = weights(Kernel.lime(width), z);
      fits.add(Surrogate.fit(z, weights, y, new Regression.Ridge(1), selection, most));
    }
    return fits;
  }

  /** The weight of each sample by its Euclidean distance to the first one. */
  public static double[] weights(Kernel kernel, double[][] z) {
    double[] weights = new double[z.length];
    for (int s = 0; s < z.length; s++) {
      double sum = 0;
      for (int j = 0; j < z[s].length; j++) {
        sum += (z[s][j] - z[0][j]) * (z[s][j] - z[0][j]);
      }
      weights[s] = kernel.of(Math.sqrt(sum));
    }
    return weights;
  }

  /** The samples of all rows, those of a row one behind the other. */
  private final class Drawn implements Copies {
    private final float[] x;
    private final int[] numbers;

    Drawn(float[] x, int[] numbers) {
      this.x = x;
      this.numbers = numbers;
    }

    @Override
    public int count() {
      return Math.multiplyExact(numbers.length, samples);
    }

    @Override
    public int row(int c) {
      return c / samples;
    }

    @Override
    public void write(int c, float[] into, int at) {
      for (int j = 0; j < table.width(); j++) {
        into[at + j] = value(row(c), c % samples, j);
      }
    }

    private float value(int row, int sample, int j) {
      float own = x[row * table.width() + j];
      if (sample == 0) {
        return own;
      }
      long key = Philox.pair(seed, 0, numbers[row], 0, 0, 0);
      return (float) sampler.value(table, j, own, new TabularSampler.Draw(key, sample, j));
    }

    double[][] seen(int row) {
      double[][] z = new double[samples][table.width()];
      for (int s = 0; s < samples; s++) {
        for (int j = 0; j < table.width(); j++) {
          z[s][j] = sampler.seen(table, j, x[row * table.width() + j], value(row, s, j));
        }
      }
      return z;
    }
  }
}
