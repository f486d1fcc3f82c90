package dev.vitrine.xai.spark;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** A session whose executors run this program: with its class path and its -Dvitrine.… . */
public final class Session {
  private static final String PIECES = "spark.sql.files.minPartitionNum";

  private Session() {}

  /**
   * On {@code local[2]}, {@code spark://host:port} or whatever else Spark knows; {@code settings}
   * win.
   */
  public static SparkSession on(String master, Map<String, String> settings) {
    var builder =
        SparkSession.builder()
            .master(master)
            .appName("vitrine")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.executor.heartbeatInterval", "2s")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.extraJavaOptions", options())
            .config("spark.sql.session.timeZone", "UTC");
    if (master.startsWith("local") || master.contains("//127.0.0.1")) {
      builder.config("spark.driver.host", "127.0.0.1");
    }
    settings.forEach(builder::config);
    SparkSession session = builder.getOrCreate();
    if (!settings.containsKey(PIECES)) { // or small files come in one, and are dealt out again
      int cores = session.sparkContext().defaultParallelism();
      session.conf().set(PIECES, ExplainedFolder.TASKS * cores);
    }
    return session;
  }

  /** Spark adds what it needs of Java itself: the Vector API and native access among it. */
  private static String options() {
    String own =
        System.getProperties().stringPropertyNames().stream()
            .filter(name -> name.startsWith("vitrine."))
            .sorted()
            .map(name -> "-D%s=%s".formatted(name, System.getProperty(name)))
            .filter(option -> !option.contains(" "))
            .collect(Collectors.joining(" "));
    return "-XX:Tier3DelayOn=1000000 -XX:+UseSerialGC " + own;
  }
}
