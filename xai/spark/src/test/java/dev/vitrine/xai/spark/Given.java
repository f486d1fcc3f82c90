package dev.vitrine.xai.spark;

import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.relu;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A small table, and a network that reads it. */
final class Given {
  static final int WIDTH = 5;
  static final String[] COLUMNS =
      IntStream.range(0, WIDTH).mapToObj(j -> "x" + j).toArray(String[]::new);

  private Given() {}

  static Model model() {
    return Model.sequential(linear(WIDTH, 16), relu(), linear(16, 3)).init(7);
  }

  /** Rows [n, 5]. */
  static Tensor x(int n) {
    Tensor x = Tensor.of(Shape.of(n, WIDTH), new float[n * WIDTH]);
    var random = new RandomStream(11, 0, 0);
    for (long i = 0; i < x.size(); i++) {
      x.put(i, (float) random.normal());
    }
    return x;
  }

  /** The same rows with their numbers, in an order that is not that of the numbers. */
  static Dataset<Row> frame(SparkSession spark, Tensor x) {
    int n = x.shape().dim(0);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int r = (int) ((i * 7919L + 13) % n);
      Object[] cells = new Object[WIDTH + 1];
      cells[0] = (long) r;
      for (int j = 0; j < WIDTH; j++) {
        cells[j + 1] = x.at((long) r * WIDTH + j);
      }
      rows.add(RowFactory.create(cells));
    }
    return spark.createDataFrame(rows, schema());
  }

  private static StructType schema() {
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField("id", DataTypes.LongType, false));
    for (String c : COLUMNS) {
      fields.add(DataTypes.createStructField(c, DataTypes.FloatType, true));
    }
    return DataTypes.createStructType(fields);
  }
}
