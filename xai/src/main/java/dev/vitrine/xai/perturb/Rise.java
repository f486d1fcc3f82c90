package dev.vitrine.xai.perturb;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Copies;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Map;

/**
 * a = Σ_k f(x ∘ M_k)·M_k / (N·p): the mean of what is said of the image seen through random soft
 * masks, at each pixel weighted by how much of it was seen (Petsiuk, Das and Saenko 2018, RISE,
 * section 3). A mask is a coarse grid of {@code cells} × {@code cells} coin tosses, stretched
 * bilinearly and shifted at random by less than a cell.
 *
 * @param cells theirs is 7
 * @param keep p, the probability that a cell is seen; theirs is 0.5
 * @param samples N masks of each image
 */
public record Rise(int cells, double keep, int samples, long seed) implements Explainer {
  public Rise {
    if (cells < 1 || !(keep > 0 && keep < 1) || samples < 2) {
      throw new IllegalArgumentException(
          "cells %d, keep %s, samples %d: at least 1 cell, a probability between 0 and 1 and 2"
                  .formatted(cells, keep, samples)
              + " samples are needed");
    }
  }

  /** 7 cells, of which half are seen. */
  public Rise(int samples, long seed) {
    this(7, 0.5, samples, seed);
  }

  @Override
  public String name() {
    return "RISE";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "cells", String.valueOf(cells),
        "keep", String.valueOf(keep),
        "samples", String.valueOf(samples),
        "seed", String.valueOf(seed));
  }

  @Override
  public Attribution explain(Question q) {
    Shape s = q.x().shape();
    if (s.rank() != 4) {
      throw new IllegalArgumentException(
          "RISE of input %s: images [n, h, w, c] are needed".formatted(s));
    }
    var seen = new Seen(q);
    float[] f = q.explained(seen);
    Tensor values = new Memory("rise").floats(s);
    Tensor errors = new Memory("rise").floats(s);
    int size = seen.x.length / q.size();
    float[] mask = new float[size / s.dim(3)];
    for (int r = 0; r < q.size(); r++) {
      double[] sums = new double[mask.length];
      double[] squares = new double[mask.length];
      for (int k = 0; k < samples; k++) {
        seen.mask(r, k, mask);
        double said = f[r * samples + k] / keep;
        for (int i = 0; i < mask.length; i++) {
          double v = said * mask[i];
          sums[i] += v;
          squares[i] += v * v;
        }
      }
      for (int e = 0; e < size; e++) {
        double mean = sums[e / s.dim(3)] / samples;
        double variance = Math.max(squares[e / s.dim(3)] / samples - mean * mean, 0);
        values.put((long) r * size + e, (float) mean);
        errors.put((long) r * size + e, (float) Math.sqrt(variance / (samples - 1)));
      }
    }
    return q.answer(this, values, q.explained(), null, errors);
  }

  /** The images through their masks, masks of an image one behind the other. */
  private final class Seen implements Copies {
    private final float[] x;
    private final int[] numbers;
    private final int height;
    private final int width;
    private final int channels;
    private final float[] mask;

    Seen(Question q) {
      this.x = q.x().toFloats();
      this.numbers = q.numbers();
      this.height = q.x().shape().dim(1);
      this.width = q.x().shape().dim(2);
      this.channels = q.x().shape().dim(3);
      this.mask = new float[height * width];
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
      mask(row(c), c % samples, mask);
      int from = row(c) * height * width * channels;
      for (int e = 0; e < mask.length * channels; e++) {
        into[at + e] = x[from + e] * mask[e / channels];
      }
    }

    /** The mask of sample {@code k} of a row; its grid has one cell more, so it can be shifted. */
    void mask(int row, int k, float[] into) {
      int across = cells + 1;
      double[] grid = new double[across * across];
      for (int i = 0; i < grid.length; i++) {
        grid[i] = Philox.uniformAt(seed, k, 0, numbers[row], i) < keep ? 1 : 0;
      }
      double cellHeight = (double) height / cells;
      double cellWidth = (double) width / cells;
      double down = Philox.uniformAt(seed, k, 1, numbers[row], 0);
      double right = Philox.uniformAt(seed, k, 1, numbers[row], 1);
      for (int y = 0; y < height; y++) {
        double v = y / cellHeight + down;
        int top = Math.min((int) v, cells - 1);
        for (int z = 0; z < width; z++) {
          double u = z / cellWidth + right;
          int left = Math.min((int) u, cells - 1);
          int at = top * across + left;
          double above = mix(grid[at], grid[at + 1], Math.min(u - left, 1));
          double below = mix(grid[at + across], grid[at + across + 1], Math.min(u - left, 1));
          into[y * width + z] = (float) mix(above, below, Math.min(v - top, 1));
        }
      }
    }

    private static double mix(double a, double b, double share) {
      return a + (b - a) * share;
    }
  }
}
