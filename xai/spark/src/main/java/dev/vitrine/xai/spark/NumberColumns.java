package dev.vitrine.xai.spark;

import dev.vitrine.tensor.Shape;
import java.util.List;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** x[j] is the number in column j. */
record NumberColumns(List<String> columns) implements Features {
  @Override
  public Shape shape() {
    return Shape.of(columns.size());
  }

  @Override
  public Reader of(StructType schema) {
    int[] at = columns.stream().mapToInt(c -> Features.index(schema, c)).toArray();
    for (int i : at) {
      if (!(schema.fields()[i].dataType() instanceof NumericType)) {
        throw new IllegalArgumentException(
            "column \"%s\" holds %s, a number is needed"
                .formatted(schema.fields()[i].name(), schema.fields()[i].dataType().sql()));
      }
    }
    return (row, into, from) -> {
      for (int j = 0; j < at.length; j++) {
        if (!(row.get(at[j]) instanceof Number n)) {
          return "column \"%s\" is empty".formatted(columns.get(j));
        }
        into[from + j] = n.floatValue();
        if (!Float.isFinite(into[from + j])) {
          return "column \"%s\" is %s".formatted(columns.get(j), n);
        }
      }
      return null;
    };
  }
}
