package dev.vitrine.xai.spark;

import dev.vitrine.nn.data.Column;
import dev.vitrine.nn.data.Encoding;
import dev.vitrine.nn.data.Table;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Cells become numbers as those of the training rows did. */
public record EncodedCells(Encoding encoding) implements Features {
  @Override
  public Shape shape() {
    return Shape.of(encoding.width());
  }

  @Override
  public List<String> columns() {
    return encoding.columns().stream().map(Column::name).toList();
  }

  @Override
  public Reader of(StructType schema) {
    List<String> names = columns();
    int[] places = names.stream().mapToInt(c -> Features.index(schema, c)).toArray();
    return (row, into, from) -> {
      List<String> cells = new ArrayList<>();
      for (int place : places) {
        cells.add(row.isNullAt(place) ? "" : String.valueOf(row.get(place)));
      }
      var only = new Table.Row(0, cells);
      var table = new Table("", names, List.of(only), List.of());
      int at = from;
      for (Column c : encoding.columns()) {
        try {
          c.encode(c.read(table, only), into, at);
        } catch (IllegalArgumentException e) {
          String said = String.valueOf(e.getMessage());
          return said.substring(Math.max(0, said.indexOf("column")));
        }
        at += c.width();
      }
      return null;
    };
  }
}
