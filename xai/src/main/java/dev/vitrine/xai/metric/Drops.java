package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Coalitions;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What random sets S of features were said to contribute, Σ_{i∈S} a_i, beside what they do: f(x) −
 * v(all but S).
 *
 * @param attributed of each set
 * @param drops of each set
 */
public record Drops(double[] attributed, double[] drops) {
  /** Those of each row: {@code samples} sets of each of the sizes, one size behind the other. */
  public static List<Drops> of(
      Removal removal, Question q, Attribution a, Subsets subsets, int samples, int... sizes) {
    return of(removal, q, a, subsets, samples, m -> sizes);
  }

  /** The same where sizes depend on the number of features. */
  static List<Drops> of(
      Removal removal,
      Question q,
      Attribution a,
      Subsets subsets,
      int samples,
      IntFunction<int[]> sizes) {
    return removal.ask(
        q,
        a,
        row -> {
          var sets = new Coalitions(row.count());
          sets.addAll();
          for (int[] removed : drawn(subsets, row, samples, sizes.apply(row.count()))) {
            int s = sets.add();
            boolean[] out = new boolean[row.count()];
            for (int i : removed) {
              out[i] = true;
            }
            for (int i = 0; i < out.length; i++) {
              if (!out[i]) {
                sets.put(s, i);
              }
            }
          }
          return sets;
        },
        (row, v) -> of(row, v, drawn(subsets, row, samples, sizes.apply(row.count()))));
  }

  private static Drops of(Removal.Row row, double[] v, int[][] removed) {
    double[] attributed = new double[removed.length];
    double[] drops = new double[removed.length];
    for (int k = 0; k < removed.length; k++) {
      for (int i : removed[k]) {
        attributed[k] += row.scores()[i];
      }
      drops[k] = v[0] - v[k + 1];
    }
    return new Drops(attributed, drops);
  }

  private static int[][] drawn(Subsets subsets, Removal.Row row, int samples, int[] sizes) {
    int[][] all = new int[samples * sizes.length][];
    for (int k = 0; k < all.length; k++) {
      int size = sizes[k / samples];
      if (size < 1 || size >= row.count()) {
        throw new IllegalArgumentException(
            "sets of %d features, of which row %d has %d: take at least 1 and leave at least 1"
                .formatted(size, row.number(), row.count()));
      }
      all[k] = subsets.of(row.number(), k, row.count(), size);
    }
    return all;
  }

  /** How what was said agrees with what happens, over samples {@code from} to {@code to}. */
  double agreement(Correlation c, int from, int to) {
    return c.of(Arrays.copyOfRange(attributed, from, to), Arrays.copyOfRange(drops, from, to));
  }
}
