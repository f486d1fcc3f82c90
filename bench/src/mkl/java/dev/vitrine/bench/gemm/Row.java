package dev.vitrine.bench.gemm;

import java.util.Arrays;

/**
 * One product's figures: GFLOP/s of the median round; {@code ratio} is ours / MKL of these, its
 * quartiles are those of the rounds.
 */
record Row(
    String product,
    double ours,
    double mkl,
    double peak,
    double ratio,
    double lowerQuartile,
    double upperQuartile,
    int rounds,
    int compiledLate) {
  static final String HEAD =
      "%-18s %6s %6s %6s %6s   %-11s %7s %7s"
          .formatted("product", "ours", "MKL", "peak", "ratio", "quartiles", "of peak", "MKL's");

  /** From nanoseconds per product, and per operation of the peak, of each round. */
  static Row of(String product, double[] ours, double[] mkl, double[] peak, int compiledLate) {
    var ratios = new double[ours.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = mkl[i] / ours[i];
    }
    double flops = Gemm.parse(product).flops();
    return new Row(
        product,
        rounded(flops / quantile(ours, 0.5), 10),
        rounded(flops / quantile(mkl, 0.5), 10),
        rounded(1 / quantile(peak, 0.5), 10),
        rounded(quantile(mkl, 0.5) / quantile(ours, 0.5), 1000),
        rounded(quantile(ratios, 0.25), 1000),
        rounded(quantile(ratios, 0.75), 1000),
        ratios.length,
        compiledLate);
  }

  /** The element at this share of the sorted ones; the lower of two. */
  static double quantile(double[] x, double share) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }

  private static double rounded(double x, double steps) {
    return Math.round(x * steps) / steps;
  }

  String line() {
    return "%-18s %6.1f %6.1f %6.1f %6.2f   %.2f … %.2f %7.2f %7.2f%s"
        .formatted(
            product,
            ours,
            mkl,
            peak,
            ratio,
            lowerQuartile,
            upperQuartile,
            ours / peak,
            mkl / peak,
            compiledLate == 0 ? "" : "   not warm: C2 still compiled " + compiledLate);
  }
}
