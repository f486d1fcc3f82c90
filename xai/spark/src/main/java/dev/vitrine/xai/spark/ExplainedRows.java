package dev.vitrine.xai.spark;

import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.sql.Row;

/** Answers as rows of a data frame, a batch of them at a time. */
final class ExplainedRows implements Iterator<Row> {
  private final ExplainedBatches batches;
  private final Answers answers;
  private Iterator<Row> ready = Collections.emptyIterator();

  ExplainedRows(ExplainedBatches batches, Answers answers) {
    this.batches = batches;
    this.answers = answers;
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext() && batches.hasNext()) {
      try (Answered some = batches.next()) {
        ready = answers.rows(some).iterator();
      }
    }
    return ready.hasNext();
  }

  @Override
  public Row next() {
    return ready.next();
  }
}
