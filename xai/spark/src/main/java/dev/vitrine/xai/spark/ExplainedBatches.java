package dev.vitrine.xai.spark;

import dev.vitrine.bench.run.ShardedExplanations;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.metric.Metric;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows in, answers out: memory is that of one batch. */
final class ExplainedBatches implements Iterator<Answered> {
  private final Iterator<Row> rows;
  private final Opened opened;
  private final Answers answers;
  private final Skipped skipped;
  private final RowNumber number;
  private final Features.Reader reader;
  private final Shape row;
  private final int width;
  private final int most;
  private final float[] x;
  private final List<Asked> good = new ArrayList<>();
  private final List<Refused> bad = new ArrayList<>();
  private final Queue<Answered> ready = new ArrayDeque<>();

  /** A row that came in: what stays of it, and its number. */
  private record Asked(@Nullable Object[] kept, int number) {}

  private record Refused(Asked row, String reason) {}

  ExplainedBatches(
      Iterator<Row> rows, ExplainJob job, Opened opened, Answers answers, Skipped skipped) {
    this.rows = rows;
    this.opened = opened;
    this.answers = answers;
    this.skipped = skipped;
    number = RowNumber.of(answers.in(), job.id());
    reader = job.features().of(answers.in());
    row = job.features().shape();
    width = Math.toIntExact(row.size());
    most = ShardedExplanations.usualShard(row.insert(0, 1));
    x = new float[Math.multiplyExact(most, width)];
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      read();
      explain(IntStream.range(0, good.size()).toArray());
      refuse();
    }
    return !ready.isEmpty();
  }

  @Override
  public Answered next() {
    return ready.remove();
  }

  /** The next rows; those that are no numbers are bad at once. */
  private void read() {
    good.clear();
    while (good.size() + bad.size() < most && rows.hasNext()) {
      Row next = rows.next();
      var asked = new Asked(answers.kept(next), number.of(next));
      if (skipped.has(asked.number())) {
        continue;
      }
      String wrong = reader.read(next, x, good.size() * width);
      if (wrong == null) {
        good.add(asked);
      } else {
        bad.add(new Refused(asked, wrong));
      }
    }
  }

  /**
   * All at once; where that is refused, one half and the other, so that it is said of the right
   * ones.
   */
  private void explain(int... which) {
    if (which.length == 0) {
      return;
    }
    try {
      add(answered(which));
    } catch (IllegalArgumentException e) {
      if (which.length == 1) {
        bad.add(new Refused(good.get(which[0]), String.valueOf(e.getMessage())));
        return;
      }
      int half = which.length / 2;
      explain(Arrays.copyOf(which, half));
      explain(Arrays.copyOfRange(which, half, which.length));
    }
  }

  private Answered answered(int... which) {
    float[] some = new float[which.length * width];
    for (int i = 0; i < which.length; i++) {
      System.arraycopy(x, which[i] * width, some, i * width, width);
    }
    List<Asked> asked = Arrays.stream(which).mapToObj(good::get).toList();
    int[] numbers = asked.stream().mapToInt(Asked::number).toArray();
    try (var memory = new Memory("rows");
        Question q =
            Question.of(
                opened.subject,
                memory.floats(row.insert(0, which.length), some),
                numbers,
                opened.target)) {
      Attribution a = opened.explainer.explain(q);
      var figures = new TreeMap<String, double[]>();
      for (Metric m : opened.metrics) {
        figures.put(m.name(), m.of(q, opened.explainer, a));
      }
      a.figures().forEach((name, values) -> figures.put(name, doubles(values)));
      return new Answered(kept(asked), numbers, a, figures, List.of());
    }
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private void refuse() {
    if (!bad.isEmpty()) {
      List<Asked> asked = bad.stream().map(Refused::row).toList();
      int[] numbers = asked.stream().mapToInt(Asked::number).toArray();
      List<String> reasons = bad.stream().map(Refused::reason).toList();
      add(new Answered(kept(asked), numbers, null, new TreeMap<>(), reasons));
      bad.clear();
    }
  }

  private static List<@Nullable Object[]> kept(List<Asked> rows) {
    return rows.stream().<@Nullable Object[]>map(Asked::kept).toList();
  }

  private void add(Answered some) {
    ready.add(some);
    skipped.since().add(some.size());
  }
}
