package dev.vitrine.xai.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.run.Progress;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.spark.ExplainedFolder.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of explained rows is whole in the end, however often it was begun. */
class ExplainedFolderTest {
  private static final int ROWS = 200;
  private static final Progress SILENT = Progress.silent();

  @TempDir Path folder;

  private static ExplainJob job(Recipe<? extends dev.vitrine.xai.Explainer> by) throws IOException {
    try (Model m = Given.model()) {
      return new ExplainJob(PackedModel.of(m), Features.columns(Given.COLUMNS), by);
    }
  }

  private static ExplainJob gradients() throws IOException {
    return job(() -> new IntegratedGradients().steps(8));
  }

  private static List<Row> read(Path folder) {
    return Local.spark()
        .read()
        .parquet(folder.resolve("rows").toString())
        .orderBy("id")
        .collectAsList();
  }

  /** Files of answers that are lost are what a kill leaves. */
  @Test
  void whatIsMissingIsExplainedAgainAndNothingElse() throws IOException {
    Dataset<Row> rows = Given.frame(Local.spark(), Given.x(ROWS)).repartition(5);
    Path there = folder.resolve("run");
    assertEquals(new Outcome(ROWS, 0, 0, null), gradients().into(there.toString(), rows, SILENT));
    List<Row> whole = read(there);
    assertEquals(ROWS, whole.size());

    List<Path> files = parts(there);
    Files.delete(files.get(0));
    Files.delete(files.get(2));
    Files.delete(there.resolve("_SUCCESS"));
    long left = read(there).size();
    assertTrue(left > 0 && left < ROWS, "rows left: " + left);
    assertEquals(
        new Outcome(ROWS, left, 0, null), gradients().into(there.toString(), rows, SILENT));
    assertEquals(whole, read(there));
    assertTrue(Files.exists(there.resolve("_SUCCESS")));
    assertTrue(parts(there).containsAll(files.subList(3, files.size())), "others were kept");
  }

  private static List<Path> parts(Path there) throws IOException {
    try (Stream<Path> all = Files.list(there.resolve("rows"))) {
      return all.filter(p -> p.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  @Test
  void anotherQuestionIsRefused() throws IOException {
    Dataset<Row> rows = Given.frame(Local.spark(), Given.x(20));
    String there = folder.resolve("run").toString();
    gradients().into(there, rows, SILENT);
    var e = assertThrows(IOException.class, () -> job(Saliency::new).into(there, rows, SILENT));
    assertTrue(e.getMessage().contains("holds explanations with method"), e.getMessage());
  }

  @Test
  void badRowsAreNamedWithTheirReason() throws IOException {
    Tensor x = Given.x(50);
    x.put(7 * Given.WIDTH + 2, Float.NaN);
    Dataset<Row> rows =
        Given.frame(Local.spark(), x)
            .withColumn(
                "x4",
                functions
                    .when(functions.col("id").equalTo(9), null)
                    .otherwise(functions.col("x4")));
    Outcome done = gradients().into(folder.resolve("run").toString(), rows, SILENT);
    assertEquals(new Outcome(50, 0, 2, "column \"x2\" is NaN"), done);
    List<Row> bad =
        Local.spark()
            .read()
            .parquet(folder.resolve("run/bad").toString())
            .orderBy("id")
            .collectAsList();
    assertEquals("[[7,column \"x2\" is NaN], [9,column \"x4\" is empty]]", bad.toString());
    List<Row> all = read(folder.resolve("run"));
    assertNull(all.get(9).getAs("attribution"));
    assertNull(all.get(8).getAs("reason"));
  }

  @Test
  void twoRowsOfOneNumberAreRefused() throws IOException {
    Dataset<Row> rows = Given.frame(Local.spark(), Given.x(20));
    ExplainJob job = gradients();
    String there = folder.resolve("run").toString();
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> job.into(there, rows.union(rows), SILENT));
    assertEquals(
        "column \"id\": 40 rows have 20 different numbers; each needs one of its own",
        e.getMessage());
    assertTrue(Files.notExists(folder.resolve("run")), "nothing was written");
  }

  @Test
  void changedFilesAreRefused() throws IOException {
    Path input = folder.resolve("input");
    Dataset<Row> rows = Given.frame(Local.spark(), Given.x(20));
    String there = folder.resolve("run").toString();
    rows.coalesce(1).write().parquet(input.toString());
    gradients().into(there, Local.spark().read().parquet(input.toString()), SILENT);
    rows.coalesce(1).write().mode("append").parquet(input.toString());
    Dataset<Row> more = Local.spark().read().parquet(input.toString()).dropDuplicates("id");
    var e = assertThrows(IOException.class, () -> gradients().into(there, more, SILENT));
    assertTrue(e.getMessage().contains("with input \"1 files"), e.getMessage());
  }
}
