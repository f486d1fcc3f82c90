package dev.vitrine.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The wrong answers that the model was surest of.
 *
 * @param explained what speaks for them
 */
record Mistakes(int count, int rows, List<Line> lines, List<Figure> explained) {
  private static final int MOST = 8;

  /** A wrong answer. */
  record Line(int row, String is, String said, String probability) {}

  /** The rows of the surest wrong answers, surest first. */
  static int[] surest(Answers a) {
    return IntStream.range(0, a.labels().length)
        .filter(r -> a.said()[r] != a.labels()[r])
        .boxed()
        .sorted(Comparator.comparingDouble(r -> -a.probability()[r]))
        .limit(MOST)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static Mistakes of(Answers a, List<String> names, int[] shown, List<Figure> explained) {
    int n = a.labels().length;
    int wrong = (int) IntStream.range(0, n).filter(r -> a.said()[r] != a.labels()[r]).count();
    List<Line> lines =
        IntStream.of(shown)
            .mapToObj(r ->
                new Line(
                    r,
                    names.get(a.labels()[r]),
                    names.get(a.said()[r]),
                    String.format(Locale.ROOT, "%.3f", a.probability()[r])))
            .toList();
    return new Mistakes(wrong, n, lines, explained);
  }
}
