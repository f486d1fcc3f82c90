package dev.vitrine.xai.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of explained rows: their number, what else came in but for the features, then each
 * {@link Answer}.
 */
final class Answers implements Serializable {
  private static final long serialVersionUID = 1;

  private final StructType in;
  private final RowNumber number;
  private final int[] kept;

  /** Refuses columns that have the name of an answer. */
  Answers(StructType in, List<String> features, RowNumber number) {
    this.in = in;
    this.number = number;
    StructField[] fields = in.fields();
    kept =
        IntStream.range(0, fields.length)
            .filter(i -> i != number.at() && !features.contains(fields[i].name()))
            .toArray();
    List<String> taken = Arrays.asList(answers().fieldNames());
    for (StructField f :
        Stream.concat(Stream.of(number()), Arrays.stream(kept().fields())).toList()) {
      if (taken.contains(f.name())) {
        throw new IllegalArgumentException(
            "column \"%s\" has the name of an answer; give it another one".formatted(f.name()));
      }
    }
  }

  StructType in() {
    return in;
  }

  /** All columns. */
  StructType schema() {
    List<StructField> all = new ArrayList<>(List.of(number()));
    all.addAll(List.of(kept().fields()));
    all.addAll(List.of(answers().fields()));
    return DataTypes.createStructType(all);
  }

  /** The column of row numbers. */
  StructField number() {
    return in.fields()[number.at()];
  }

  /** What else stays of what came in. */
  StructType kept() {
    return DataTypes.createStructType(Arrays.stream(kept).mapToObj(i -> in.fields()[i]).toList());
  }

  /** What is added. */
  StructType answers() {
    return DataTypes.createStructType(Arrays.stream(Answer.values()).map(Answer::field).toList());
  }

  /** The row numbers as their column holds them: long[] or int[]. */
  Object numbers(Answered some) {
    return number.cells(some.numbers());
  }

  /** {@link #kept()} of a row. */
  @Nullable Object[] kept(Row row) {
    @Nullable Object[] cells = new Object[kept.length];
    for (int i = 0; i < kept.length; i++) {
      cells[i] = row.get(kept[i]);
    }
    return cells;
  }

  /** All columns of some rows. */
  List<Row> rows(Answered some) {
    List<@Nullable Object> columns = new ArrayList<>();
    for (Answer a : Answer.values()) {
      columns.add(a.of(some));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      List<@Nullable Object> cells = new ArrayList<>();
      cells.add(number.cell(some.numbers()[i]));
      cells.addAll(Arrays.asList(some.kept().get(i)));
      for (Answer a : Answer.values()) {
        cells.add(a.cell(columns.get(a.ordinal()), i, some.size()));
      }
      rows.add(RowFactory.create(cells.toArray()));
    }
    return rows;
  }
}
