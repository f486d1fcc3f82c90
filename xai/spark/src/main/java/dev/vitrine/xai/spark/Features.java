package dev.vitrine.xai.spark;

import dev.vitrine.tensor.Shape;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** How a row of a data frame becomes the numbers that the model takes. */
public interface Features extends Serializable {
  /** The shape of one row. */
  Shape shape();

  /** The columns that are read. */
  List<String> columns();

  /** A reader of rows of this schema; refuses columns that are missing or can't be numbers. */
  Reader of(StructType schema);

  /** Writes a row's numbers; null if they are good, else what is wrong with the row. */
  @FunctionalInterface
  interface Reader {
    @Nullable String read(Row row, float[] into, int at);
  }

  /** Columns that hold a number each, in this order. */
  static Features columns(String... names) {
    return new NumberColumns(Arrays.asList(names));
  }

  /** One column of arrays, row-major: images are (h, w, c). */
  static Features array(String column, int... shape) {
    return new ArrayColumn(column, shape);
  }

  /** Where a column is. */
  static int index(StructType schema, String column) {
    int at = Arrays.asList(schema.fieldNames()).indexOf(column);
    if (at < 0) {
      throw new IllegalArgumentException(
          "there is no column \"%s\"; there are %s"
              .formatted(column, Arrays.toString(schema.fieldNames())));
    }
    return at;
  }
}
