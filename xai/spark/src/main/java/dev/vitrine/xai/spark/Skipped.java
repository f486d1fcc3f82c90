package dev.vitrine.xai.spark;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.roaringbitmap.RoaringBitmap;

/** Rows that were explained before, and how many are since. */
record Skipped(Broadcast<RoaringBitmap> numbers, LongAccumulator since) implements Serializable {
  static Skipped none(SparkSession spark) {
    return of(spark, new RoaringBitmap());
  }

  static Skipped of(SparkSession spark, RoaringBitmap numbers) {
    return new Skipped(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(numbers),
        spark.sparkContext().longAccumulator("rows explained"));
  }

  boolean has(int number) {
    return numbers.value().contains(number);
  }
}
