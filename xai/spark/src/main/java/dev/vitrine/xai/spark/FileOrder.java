package dev.vitrine.xai.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.raise_error;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of files numbered from 0: files by name, rows as they stand in them. However Spark cuts the
 * files and whichever task reads a piece, a row gets the same number.
 */
public final class FileOrder {
  private static final String FILE = "_vitrine_file";
  private static final String START = "_vitrine_start";
  private static final String AT = "_vitrine_at";
  private static final String SHIFT = "_vitrine_shift";

  private FileOrder() {}

  /**
   * Adds the column {@code id}.
   *
   * @param rows as read from files, nothing done with them yet
   */
  public static Dataset<Row> numbered(Dataset<Row> rows, String id) {
    if (!(rows.queryExecution().analyzed() instanceof LogicalRelation)) {
      throw new IllegalArgumentException(
          "only rows as they were read from files have a stable order;"
              + " name a column with the number of each row instead");
    }
    Dataset<Row> placed =
        rows.select(
            col("*"),
            col("_metadata.file_path").as(FILE),
            col("_metadata.file_block_start").as(START),
            // within a piece of a file it counts the rows
            monotonically_increasing_id().as(AT));
    Column shift = coalesce(col(SHIFT), raise_error(lit("the files have changed; begin again")));
    return placed
        .join(broadcast(shifts(placed)), new String[] {FILE, START}, "left")
        .withColumn(id, col(AT).plus(shift))
        .drop(FILE, START, AT, SHIFT);
  }

  /** What each piece adds to {@link #AT}. */
  private static Dataset<Row> shifts(Dataset<Row> placed) {
    List<Row> pieces =
        placed
            .groupBy(FILE, START)
            .agg(count(lit(1)).as("rows"), min(AT).as("first"))
            .orderBy(FILE, START)
            .collectAsList();
    List<Row> shifts = new ArrayList<>();
    long before = 0;
    for (Row p : pieces) {
      shifts.add(RowFactory.create(p.getString(0), p.getLong(1), before - p.getLong(3)));
      before += p.getLong(2);
    }
    return placed.sparkSession().createDataFrame(shifts, schema());
  }

  private static StructType schema() {
    return new StructType()
        .add(FILE, DataTypes.StringType)
        .add(START, DataTypes.LongType)
        .add(SHIFT, DataTypes.LongType);
  }
}
