package dev.vitrine.xai.spark;

import dev.vitrine.tensor.Shape;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Iterator;
import scala.collection.Seq;

/** x is the array in a column, row-major. */
record ArrayColumn(String column, int... dims) implements Features {
  @Override
  public Shape shape() {
    return Shape.of(dims);
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public Reader of(StructType schema) {
    int at = Features.index(schema, column);
    if (!(schema.fields()[at].dataType() instanceof ArrayType a)
        || !(a.elementType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          "column \"%s\" holds %s, an array of numbers is needed"
              .formatted(column, schema.fields()[at].dataType().sql()));
    }
    int size = Math.toIntExact(shape().size());
    boolean floats = a.elementType().equals(DataTypes.FloatType);
    return (row, into, from) -> {
      if (floats && row instanceof SparkRow spark && copied(spark, at, size, into, from)) {
        return null;
      }
      if (row.isNullAt(at)) {
        return "column \"%s\" is empty".formatted(column);
      }
      Seq<?> values = row.getSeq(at);
      if (values.length() != size) {
        return "column \"%s\" has %d numbers, the model takes %d of shape %s"
            .formatted(column, values.length(), size, shape());
      }
      Iterator<?> all = values.iterator();
      for (int i = 0; i < size; i++) {
        if (!(all.next() instanceof Number n) || !Float.isFinite(n.floatValue())) {
          return "column \"%s\": number %d is missing or not finite".formatted(column, i);
        }
        into[from + i] = n.floatValue();
      }
      return null;
    };
  }

  /** Copies numbers without making objects of them; refuses what is not as it should be. */
  private static boolean copied(SparkRow row, int at, int size, float[] into, int from) {
    float[] values = row.isNullAt(at) ? null : row.floats(at);
    if (values == null || values.length != size) {
      return false;
    }
    for (float v : values) {
      if (!Float.isFinite(v)) {
        return false;
      }
    }
    System.arraycopy(values, 0, into, from, size);
    return true;
  }
}
