package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Provenance;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Attributions that nobody had to compute. */
final class Given {
  private Given() {}

  static Tensor rows(float[]... rows) {
    int m = rows[0].length;
    float[] all = new float[rows.length * m];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, all, r * m, m);
    }
    return Tensor.of(Shape.of(rows.length, m), all);
  }

  /** Complete up to {@code gap}, from the base value {@code base}. */
  static Attribution attribution(float base, float gap, float[]... rows) {
    float[] outputs = new float[rows.length];
    float[] gaps = new float[rows.length];
    for (int r = 0; r < rows.length; r++) {
      double sum = base - gap;
      for (float v : rows[r]) {
        sum += v;
      }
      outputs[r] = (float) sum;
      gaps[r] = gap;
    }
    var convergence =
        new Attribution.Convergence(gaps, new int[rows.length], new boolean[rows.length], null);
    return attribution(convergence, outputs, rows);
  }

  /** Of a method that promises no completeness. */
  static Attribution incomplete(float[]... rows) {
    return attribution(null, new float[rows.length], rows);
  }

  private static Attribution attribution(
      Attribution.Convergence convergence, float[] outputs, float[]... rows) {
    return new Attribution(
        rows(rows),
        new int[rows.length],
        outputs,
        convergence,
        null,
        null,
        Map.of(),
        new Provenance("Given", Map.of(), "output 0", "none", "none"));
  }

  /** Numbers between −1 and 1, always the same. */
  static float[][] random(int rows, int features) {
    var random = new SplittableRandom(7);
    float[][] all = new float[rows][features];
    for (float[] row : all) {
      for (int j = 0; j < features; j++) {
        row[j] = (float) random.nextDouble(-1, 1);
      }
    }
    return all;
  }

  static List<String> names(int features) {
    return IntStream.range(0, features).mapToObj(j -> "feature " + j).toList();
  }
}
