package dev.vitrine.xai.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A row as Spark keeps it: a cell becomes an object when it is asked for, and an array of numbers
 * stays one. (A data frame's own rows hold an object for each number.) One serves for all rows of a
 * task, one after the other.
 */
final class SparkRow implements Row {
  private static final long serialVersionUID = 1;

  private final StructType schema;
  private final transient List<IntFunction<@Nullable Object>> cells;
  private transient InternalRow row = InternalRow.empty();

  private SparkRow(StructType schema) {
    this.schema = schema;
    cells = Arrays.stream(schema.fields()).map(f -> cell(f.dataType())).toList();
  }

  /** How to read cells of a type; asking Spark for it takes longer than reading. */
  private IntFunction<@Nullable Object> cell(DataType type) {
    var internal = InternalRow.getAccessor(type, true);
    var external = CatalystTypeConverters.createToScalaConverter(type);
    return i -> external.apply(internal.apply(row, i));
  }

  /** What a task does with its rows. */
  interface Task<R> extends Serializable {
    Iterator<R> of(Iterator<Row> rows) throws Exception;
  }

  /** Gives each task its rows, of which only the last one taken is there. */
  static <R> JavaRDD<R> each(Dataset<Row> rows, Task<R> task) {
    StructType schema = rows.schema();
    FlatMapFunction<Iterator<InternalRow>, R> call =
        some -> {
          var view = new SparkRow(schema);
          return task.of(
              new Iterator<>() {
                @Override
                public boolean hasNext() {
                  return some.hasNext();
                }

                @Override
                public Row next() {
                  view.row = some.next();
                  return view;
                }
              });
        };
    return rows.queryExecution().toRdd().toJavaRDD().mapPartitions(call);
  }

  @Override
  public StructType schema() {
    return schema;
  }

  @Override
  public int length() {
    return schema.size();
  }

  @Override
  public boolean isNullAt(int i) {
    return row.isNullAt(i);
  }

  @Override
  public @Nullable Object get(int i) {
    return cells.get(i).apply(i);
  }

  /** The numbers of an array of FLOAT; null if one is missing. */
  float @Nullable [] floats(int i) {
    ArrayData numbers = row.getArray(i);
    for (int j = 0; j < numbers.numElements(); j++) {
      if (numbers.isNullAt(j)) {
        return null;
      }
    }
    return numbers.toFloatArray();
  }

  @Override
  public Row copy() {
    var copy = new SparkRow(schema);
    copy.row = row.copy();
    return copy;
  }
}
