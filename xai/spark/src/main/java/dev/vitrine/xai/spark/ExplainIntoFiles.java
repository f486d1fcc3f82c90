package dev.vitrine.xai.spark;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Explains the rows of each task into a file, which is moved to its place when it is whole, and
 * says which {@link Numbers} it has. A task that runs twice, because its machine died before it was
 * heard or another was faster, makes the same file.
 *
 * @param folder where the files go
 * @param run names the files of one job
 */
record ExplainIntoFiles(
    Broadcast<ExplainJob.Shared> shared,
    Answers answers,
    Skipped skipped,
    Broadcast<SerializableConfiguration> configuration,
    String folder,
    String run)
    implements SparkRow.Task<byte[]> {
  /** How the names of files begin that are being written: readers of Parquet leave them out. */
  static final String UNDER_WAY = "_";

  @Override
  public Iterator<byte[]> of(Iterator<Row> some) throws IOException {
    try (Opened opened = shared.value().open()) {
      var batches = new ExplainedBatches(some, shared.value().job(), opened, answers, skipped);
      Numbers written = batches.hasNext() ? write(batches) : Numbers.NONE;
      return List.of(written.bytes()).iterator();
    }
  }

  private Numbers write(ExplainedBatches batches) throws IOException {
    TaskContext task = TaskContext.get();
    String name = "part-%05d-%s".formatted(task.partitionId(), run);
    var part = new Path(folder, UNDER_WAY + "%s-%d".formatted(name, task.taskAttemptId()));
    var place = new Path(folder, name + ".parquet");
    Configuration conf = configuration.value().value();
    FileSystem files = place.getFileSystem(conf);
    try {
      Numbers written = write(batches, conf, part);
      if (!files.exists(place) && !files.rename(part, place) && !files.exists(place)) {
        throw new IOException("%s can't be moved to %s".formatted(part, place));
      }
      return written;
    } finally {
      files.delete(part, false);
    }
  }

  private Numbers write(ExplainedBatches batches, Configuration conf, Path part)
      throws IOException {
    var count = new Numbers.Count();
    try (var file = new AnswerFile(conf, part, answers)) {
      while (batches.hasNext()) {
        try (Answered some = batches.next()) {
          file.write(some);
          for (int number : some.numbers()) {
            count.add(number, some.answer() == null);
          }
        }
      }
      file.finish();
    }
    return count.numbers();
  }
}
