package dev.vitrine.xai.inside;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a layer holds over a data set. A unit is an index of the last axis: a channel with all its
 * positions, or an element of a vector. Rows are read in their order, a few at a time.
 *
 * @param place the layer
 * @param shape of what it holds of a row
 * @param all numbers of all units
 * @param units each one's, in their order
 * @param histogram of all of them, from the smallest to the largest
 */
public record Activations(
    Place place, Shape shape, Distribution all, List<Distribution> units, Histogram histogram) {
  private static final int ROWS = 256;

  private record Program(Place place) {}

  /**
   * Of rows {@code x} [n, …].
   *
   * @param bins of the histogram
   */
  public static Activations of(Subject subject, Tensor x, Place place, int bins) {
    if (x.shape().dim(0) == 0) {
      throw new IllegalArgumentException("no rows given: at least one is needed");
    }
    Shape shape = read(subject, x.rows(0, 1), place).shape().without(0);
    int width = shape.rank() == 0 ? 1 : shape.dim(shape.rank() - 1);
    var all = new Distribution.Tally();
    List<Distribution.Tally> units = Stream.generate(Distribution.Tally::new).limit(width).toList();
    each(
        subject,
        x,
        place,
        values -> {
          for (int i = 0; i < values.length; i++) {
            all.add(values[i]);
            units.get(i % width).add(values[i]);
          }
        });
    Distribution whole = all.distribution();
    Histogram histogram = Histogram.empty(whole.min(), whole.max(), bins);
    each(
        subject,
        x,
        place,
        values -> {
          for (float v : values) {
            histogram.add(v);
          }
        });
    List<Distribution> own = units.stream().map(Distribution.Tally::distribution).toList();
    return new Activations(place, shape, whole, own, histogram);
  }

  private static void each(Subject subject, Tensor x, Place place, Consumer<float[]> use) {
    int n = x.shape().dim(0);
    for (int from = 0; from < n; from += ROWS) {
      use.accept(read(subject, x.rows(from, Math.min(from + ROWS, n)), place).toFloats());
    }
  }

  private static Tensor read(Subject subject, Tensor rows, Place place) {
    try (Question q = Question.of(subject, rows, 0, Target.of(0))) {
      return q.value(new Program(place), Map.of(), (Recording r) -> r.at(place)).copy();
    }
  }

  /** Units that hold 0 everywhere in every row: behind a ReLU they have stopped learning. */
  public int[] dead() {
    return where(d -> d.zeros() == 1);
  }

  /** Units that hold the same number everywhere in every row, so that they tell nothing. */
  public int[] constant() {
    return where(d -> d.min() == d.max());
  }

  private interface Test {
    boolean holds(Distribution d);
  }

  private int[] where(Test test) {
    return IntStream.range(0, units.size()).filter(u -> test.holds(units.get(u))).toArray();
  }
}
