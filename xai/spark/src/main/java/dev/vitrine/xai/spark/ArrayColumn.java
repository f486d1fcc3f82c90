package dev.vitrine.xai.spark;

import dev.vitrine.tensor.Shape;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
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
    return (row, into, from) -> {
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
}
