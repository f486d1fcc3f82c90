package dev.vitrine.xai.spark;

import dev.vitrine.bench.run.ShardedExplanations;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.metric.Metric;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows in, answers out: memory is that of one batch. */
final class ExplainedRows implements Iterator<Row> {
  private final Iterator<Row> rows;
  private final Opened opened;
  private final Answers answers;
  private final Skipped skipped;
  private final RowNumber number;
  private final Features.Reader reader;
  private final Shape row;
  private final int width;
  private final float[] x;
  private final int[] numbers;
  private final List<@Nullable Object[]> kept = new ArrayList<>();
  private final Queue<Row> ready = new ArrayDeque<>();

  ExplainedRows(
      Iterator<Row> rows, ExplainJob job, Opened opened, Answers answers, Skipped skipped) {
    this.rows = rows;
    this.opened = opened;
    this.answers = answers;
    this.skipped = skipped;
    number = RowNumber.of(answers.in(), job.id());
    reader = job.features().of(answers.in());
    row = job.features().shape();
    width = Math.toIntExact(row.size());
    int most = ShardedExplanations.usualShard(row.insert(0, 1));
    x = new float[Math.multiplyExact(most, width)];
    numbers = new int[most];
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      read();
      if (!kept.isEmpty()) {
        explain();
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    return ready.remove();
  }

  /** The next batch; rows that are no numbers are answered at once. */
  private void read() {
    kept.clear();
    while (kept.size() < numbers.length && rows.hasNext()) {
      Row next = rows.next();
      int own = number.of(next);
      if (skipped.has(own)) {
        continue;
      }
      String wrong = reader.read(next, x, kept.size() * width);
      if (wrong == null) {
        numbers[kept.size()] = own;
        kept.add(answers.kept(next));
      } else {
        ready.add(answers.bad(answers.kept(next), wrong));
        skipped.since().add(1);
      }
    }
  }

  /** All at once; where that is refused, one by one, so that it is said of the right ones. */
  private void explain() {
    int n = kept.size();
    try (var memory = new Memory("rows")) {
      Tensor batch = memory.floats(row.insert(0, n), Arrays.copyOf(x, n * width));
      try {
        explain(batch, 0, n);
      } catch (IllegalArgumentException someRow) {
        for (int i = 0; i < n; i++) {
          alone(batch, i);
        }
      }
    }
    skipped.since().add(n);
  }

  private void alone(Tensor batch, int i) {
    try {
      explain(batch, i, i + 1);
    } catch (IllegalArgumentException e) {
      ready.add(answers.bad(kept.get(i), String.valueOf(e.getMessage())));
    }
  }

  private void explain(Tensor batch, int from, int to) {
    int[] own = Arrays.copyOfRange(numbers, from, to);
    try (Question q = Question.of(opened.subject, batch.rows(from, to), own, opened.target)) {
      Attribution a = opened.explainer.explain(q);
      Map<String, double[]> metrics = new LinkedHashMap<>();
      for (Metric m : opened.metrics) {
        metrics.put(m.name(), m.of(q, opened.explainer, a));
      }
      String about = Answers.about(a.provenance());
      for (int i = 0; i < own.length; i++) {
        ready.add(answers.good(kept.get(from + i), a, i, metrics, about));
      }
      a.values().owner().close();
    }
  }
}
