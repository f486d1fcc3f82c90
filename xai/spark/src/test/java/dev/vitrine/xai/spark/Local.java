package dev.vitrine.xai.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Two cores of this process, for all tests that need no cluster. */
final class Local {
  private Local() {}

  /** One session to a process: after {@link #stop} a new one. */
  static SparkSession spark() {
    return Session.on("local[2]", Map.of("spark.sql.shuffle.partitions", "4"));
  }

  static void stop() {
    spark().stop();
  }
}
