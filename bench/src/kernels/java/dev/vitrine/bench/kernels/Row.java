package dev.vitrine.bench.kernels;

import dev.vitrine.bench.measure.Quartiles;
import java.util.ArrayList;
import java.util.List;

/**
 * One kernel's figures over its rounds.
 *
 * @param cppRatio speed of the cpp backend over that of the library in the same round
 * @param vectorRatio the same of the vector backend
 * @param peak GFLOP/s of fma on registers, median
 * @param compiledLate methods of the vector backend that C2 compiled while rounds counted
 */
record Row(
    String kernel,
    Quartiles cppRatio,
    Quartiles vectorRatio,
    Speed cpp,
    Speed vector,
    Speed library,
    double peak,
    int rounds,
    int compiledLate) {

  /** GFLOP/s, and their share of the peak of the same round; medians. */
  record Speed(double gflops, double ofPeak) {
    static Speed of(List<Double> gflops, List<Double> peak) {
      return new Speed(median(gflops), quotients(gflops, peak).median());
    }
  }

  /** From GFLOP/s of each round. */
  static Row of(
      String kernel,
      List<Double> cpp,
      List<Double> vector,
      List<Double> library,
      List<Double> peak,
      int compiledLate) {
    return new Row(
        kernel,
        quotients(cpp, library),
        quotients(vector, library),
        Speed.of(cpp, peak),
        Speed.of(vector, peak),
        Speed.of(library, peak),
        median(peak),
        peak.size(),
        compiledLate);
  }

  private static Quartiles quotients(List<Double> above, List<Double> below) {
    var all = new ArrayList<Double>();
    for (int i = 0; i < above.size(); i++) {
      all.add(above.get(i) / below.get(i));
    }
    return Quartiles.of(all);
  }

  private static double median(List<Double> values) {
    return Math.round(10 * Quartiles.of(values).median()) / 10.0;
  }

  static String head(String library) {
    return "%-32s %-18s %-18s %6s %6s %6s %6s   %s"
        .formatted(
            "",
            "cpp/" + library,
            "vector/" + library,
            "cpp",
            "vector",
            library,
            "peak",
            "of peak: cpp, vector, " + library);
  }

  String line() {
    return "%-32s %-18s %-18s %6.1f %6.1f %6.1f %6.1f   %.2f %.2f %.2f%s"
        .formatted(
            kernel,
            text(cppRatio),
            text(vectorRatio),
            cpp.gflops,
            vector.gflops,
            library.gflops,
            peak,
            cpp.ofPeak,
            vector.ofPeak,
            library.ofPeak,
            compiledLate == 0 ? "" : "   not warm: C2 still compiled " + compiledLate);
  }

  private static String text(Quartiles q) {
    return "%.2f (%.2f … %.2f)".formatted(q.median(), q.lower(), q.upper());
  }
}
