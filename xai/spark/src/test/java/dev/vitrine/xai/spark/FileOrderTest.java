package dev.vitrine.xai.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row i of the files has number i, however they are cut. */
class FileOrderTest {
  private static final String SPLIT = "spark.sql.files.maxPartitionBytes";
  private static final int ROWS = 1000;

  @TempDir Path folder;

  @AfterEach
  void reset() {
    Local.spark().conf().unset(SPLIT);
  }

  @Test
  void linesAreNumberedHoweverFilesAreCut() throws IOException {
    int at = 0;
    for (String name : List.of("a.csv", "b.csv", "c.csv")) {
      var text = new StringBuilder("v\n");
      int end = name.equals("c.csv") ? ROWS : at + 400;
      for (; at < end; at++) {
        text.append(at).append('\n');
      }
      Files.writeString(folder.resolve(name), text);
    }
    for (String bytes : List.of("100000", "700", "64")) {
      Local.spark().conf().set(SPLIT, bytes);
      Dataset<Row> rows = Local.spark().read().option("header", true).csv(folder.toString());
      Dataset<Row> numbered = FileOrder.numbered(rows, "id");
      assertEquals(ROWS, numbered.where("cast(v as bigint) = id").count(), bytes + " bytes");
      assertEquals(ROWS, numbered.repartition(7).where("cast(v as bigint) = id").count());
    }
  }

  @Test
  void rowsWithoutAStableOrderAreRefused() {
    Dataset<Row> range = Local.spark().range(10).toDF();
    var e = assertThrows(IllegalArgumentException.class, () -> FileOrder.numbered(range, "number"));
    assertTrue(e.getMessage().contains("name a column"), e.getMessage());
    Dataset<Row> list = Local.spark().createDataset(List.of("a"), Encoders.STRING()).toDF();
    assertThrows(IllegalArgumentException.class, () -> FileOrder.numbered(list, "number"));
  }
}
