package dev.vitrine.xai.spark;

import dev.vitrine.bench.run.Progress;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/** Says how far a job is, on the terminal and in the Spark UI. */
final class Watch implements AutoCloseable {
  private static final long MILLIS = 200;

  private final SparkContext spark;
  private final Thread thread;
  private final long started = System.nanoTime();
  private volatile boolean done;

  /**
   * Until closed, shows how far it came.
   *
   * @param what the UI calls the job
   * @param before what is done already
   */
  Watch(
      SparkContext spark,
      String what,
      LongAccumulator counted,
      long before,
      long total,
      Progress progress) {
    this.spark = spark;
    spark.setJobDescription(what);
    thread =
        Thread.ofVirtual()
            .start(() -> {
              while (!done) {
                show(counted.value(), before, total, progress);
                pause();
              }
            });
  }

  private void show(long now, long before, long total, Progress progress) {
    if (now > 0 && progress.due()) {
      double perSecond = now / ((System.nanoTime() - started) * 1e-9);
      // a task that ran twice counts twice
      progress.show(Math.min(before + now, total), total, perSecond, Map.of());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done = true;
    spark.setJobDescription(null);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
