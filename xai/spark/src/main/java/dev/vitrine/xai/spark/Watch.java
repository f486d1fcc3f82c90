package dev.vitrine.xai.spark;

import dev.vitrine.bench.run.Progress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/** Says how far a job is, on the terminal and in the Spark UI. */
final class Watch implements AutoCloseable {
  private static final long MILLIS = 200;

  private final SparkContext spark;
  private final Thread thread;
  private final long started = System.nanoTime();
  private final CountDownLatch done = new CountDownLatch(1);

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
    thread = Thread.ofVirtual().start(() -> watch(counted, before, total, progress));
  }

  private void watch(LongAccumulator counted, long before, long total, Progress progress) {
    try {
      while (!done.await(MILLIS, TimeUnit.MILLISECONDS)) {
        show(counted.value(), before, total, progress);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(long now, long before, long total, Progress progress) {
    if (now > 0 && progress.due()) {
      double perSecond = now / ((System.nanoTime() - started) * 1e-9);
      // a task that ran twice counts twice
      progress.show(Math.min(before + now, total), total, perSecond, Map.of());
    }
  }

  @Override
  public void close() {
    done.countDown();
    spark.setJobDescription(null);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
