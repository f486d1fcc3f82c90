package dev.vitrine.xai.spark;

import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** Explains the rows of one task, a batch of them at a time. */
record ExplainPartition(Broadcast<ExplainJob.Shared> shared, Answers answers, Skipped skipped)
    implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws IOException {
    Opened opened = shared.value().open();
    TaskCompletionListener done = _ -> opened.close();
    TaskContext.get().addTaskCompletionListener(done);
    var batches = new ExplainedBatches(rows, shared.value().job(), opened, answers, skipped);
    return new ExplainedRows(batches, answers);
  }
}
