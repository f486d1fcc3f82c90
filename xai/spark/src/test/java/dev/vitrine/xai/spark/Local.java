package dev.vitrine.xai.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Cores of this process, for all tests that need no cluster. */
final class Local {
  private Local() {}

  /** On two cores. */
  static SparkSession spark() {
    return spark(2);
  }

  /** A process has one session: that on another number of cores ends. */
  static SparkSession spark(int cores) {
    String master = "local[" + cores + "]";
    var old = SparkSession.getDefaultSession();
    if (old.isDefined() && !old.get().sparkContext().master().equals(master)) {
      old.get().stop();
    }
    return Session.on(master, Map.of("spark.sql.shuffle.partitions", "4"));
  }

  static void stop() {
    spark().stop();
  }
}
