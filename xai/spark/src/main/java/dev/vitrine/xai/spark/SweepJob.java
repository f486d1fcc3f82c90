package dev.vitrine.xai.spark;

import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Every configuration with every seed, each a task of its own; wherever it runs, a training has the
 * same bits.
 *
 * @param configurations by name
 * @param seeds of each
 * @param training what is done with one of them
 */
public record SweepJob<C extends Serializable>(
    Map<String, C> configurations, List<Long> seeds, Training<C> training) {

  /** Trains, and says what came out. */
  @FunctionalInterface
  public interface Training<C> extends Serializable {
    Trained of(C configuration, long seed, Device device) throws IOException;
  }

  /**
   * What came out.
   *
   * @param model the model's hash
   * @param figures accuracies, metrics, whatever is compared
   */
  public record Trained(String model, Map<String, Double> figures) {}

  private record Cell<C extends Serializable>(String name, C configuration, long seed)
      implements Serializable {}

  /** The table: {@code configuration}, {@code seed}, {@code model}, {@code figures}. */
  public Dataset<Row> on(SparkSession spark) {
    List<Cell<C>> cells = new ArrayList<>();
    configurations.forEach(
        (name, c) -> seeds.forEach(seed -> cells.add(new Cell<>(name, c, seed))));
    Training<C> each = training;
    var rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(cells, Math.max(cells.size(), 1))
            .map(cell -> row(each, cell))
            .collect();
    return spark.createDataFrame(rows, schema());
  }

  private static <C extends Serializable> Row row(Training<C> training, Cell<C> cell)
      throws IOException {
    Device device = Device.of(Device.standard().backend().name(), TaskContext.get().cpus());
    Trained done = training.of(cell.configuration, cell.seed, device);
    return RowFactory.create(
        cell.name, cell.seed, done.model, CollectionConverters.asScala(done.figures));
  }

  private static StructType schema() {
    return new StructType()
        .add("configuration", DataTypes.StringType)
        .add("seed", DataTypes.LongType)
        .add("model", DataTypes.StringType)
        .add("figures", DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType));
  }
}
