package dev.vitrine.xai.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The number of a row, 0 to 2³¹ − 1, which is its identity wherever it is explained. */
record RowNumber(String column, int at, boolean isLong) implements Serializable {
  /** Refuses a column that is missing or holds no whole numbers. */
  static RowNumber of(StructType schema, String column) {
    int at = Features.index(schema, column);
    var type = schema.fields()[at].dataType();
    if (!type.equals(DataTypes.LongType) && !type.equals(DataTypes.IntegerType)) {
      throw new IllegalArgumentException(
          "column \"%s\" holds %s, row numbers are BIGINT or INT".formatted(column, type.sql()));
    }
    return new RowNumber(column, at, type.equals(DataTypes.LongType));
  }

  int of(Row row) {
    if (!(row.get(at) instanceof Number n)) {
      throw new IllegalArgumentException(
          "column \"%s\" is empty in a row: each needs a number of its own".formatted(column));
    }
    if (n.longValue() < 0 || n.longValue() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "column \"%s\": row number %d, it is 0 to %d; number the rows by file order"
              .formatted(column, n.longValue(), Integer.MAX_VALUE));
    }
    return n.intValue();
  }

  /** A number as the column holds it. */
  Number cell(int number) {
    return isLong ? (Number) (long) number : (Number) number;
  }

  /** Numbers as the column holds them: long[] or int[]. */
  Object cells(int... numbers) {
    return isLong ? Arrays.stream(numbers).asLongStream().toArray() : numbers;
  }
}
