package dev.vitrine.xai.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.global.AttributionSummary;
import dev.vitrine.xai.global.AttributionSummary.Means;
import dev.vitrine.xai.global.Axis;
import dev.vitrine.xai.global.Feature;
import dev.vitrine.xai.global.MeanScore;
import dev.vitrine.xai.global.PartialDependence;
import dev.vitrine.xai.global.PermutationImportance;
import dev.vitrine.xai.global.Score;
import dev.vitrine.xai.global.Tally;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.metric.Sparseness;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is said of all rows together has the bits of one machine, in any partitions. */
class GlobalTest {
  private static final int ROWS = 120;
  private static final int[] PARTITIONS = {1, 3, 17};
  private static final int[] FEWER = {1, 5};
  private static final Tensor X = Given.x(ROWS);

  private static Model model;
  private static Subject subject;
  private static ExplainJob job;

  @BeforeAll
  static void open() throws IOException {
    model = Given.model();
    subject = Subject.of(model, Device.standard());
    job = new ExplainJob(PackedModel.of(model), Features.columns(Given.COLUMNS), GlobalTest::by);
  }

  @AfterAll
  static void close() {
    subject.close();
    model.close();
  }

  private static Explainer by() {
    return new IntegratedGradients().steps(8);
  }

  private static Dataset<Row> rows(int partitions) {
    return Given.frame(Local.spark(), X).repartition(partitions);
  }

  private static void same(Means wanted, Means found) {
    assertEquals(wanted.rows(), found.rows());
    assertArrayEquals(wanted.mean(), found.mean());
    assertArrayEquals(wanted.meanError(), found.meanError());
    assertArrayEquals(wanted.amount(), found.amount());
    assertArrayEquals(wanted.amountError(), found.amountError());
  }

  @Test
  void summariesAndMetrics() {
    var a = by().explain(subject, X, Target.predicted());
    var wanted = AttributionSummary.of(a);
    double[] sparse = new Sparseness().of(subject, X, Target.predicted(), by());
    var figures = new Tally(1);
    for (double s : sparse) {
      figures.add(s);
    }
    for (int partitions : PARTITIONS) {
      Dataset<Row> explained = job.metric(Sparseness::new).on(rows(partitions)).cache();
      var found = Tallies.summary(explained);
      same(wanted.all(), found.all());
      assertEquals(wanted.byClass().keySet(), found.byClass().keySet());
      found.byClass().forEach((c, own) -> same(wanted.byClass().get(c), own));
      var classes = Tallies.attributions(explained, functions.col("target"));
      classes.forEach((c, own) -> same(wanted.byClass().get(Integer.valueOf(c)), own));
      same(figures.means(), Tallies.figures(explained).get("Sparseness"));
    }
  }

  private static List<Axis> axis() {
    return List.of(new Axis(Feature.of(2), new double[] {-1, 0, 0.5, 2}));
  }

  @Test
  void dependence() {
    var wanted = PartialDependence.of(subject, X, Target.of(1), axis());
    var dependence = new DependenceJob(job.target(() -> Target.of(1)), GlobalTest::axis);
    for (int partitions : FEWER) {
      Dataset<Row> curves = dependence.on(rows(partitions)).cache();
      Means found = Tallies.means(curves, functions.col("curve"));
      assertArrayEquals(wanted.average(), found.mean());
      assertArrayEquals(wanted.standardError(), found.meanError());
      List<Float> fifth = curves.where("id = 5").first().getList(1);
      assertEquals(wanted.individual()[5][3], fifth.get(3));
    }
  }

  private static MeanScore score() {
    return new MeanScore(Score.logLoss());
  }

  @Test
  void permutationImportance() {
    Tensor labels = Tensor.of(Shape.of(ROWS), new int[ROWS]);
    for (int i = 0; i < ROWS; i++) {
      labels.putInt(i, i % 3);
    }
    var wanted = new PermutationImportance(score(), 2, 5).of(subject, X, labels);
    for (int partitions : FEWER) {
      Dataset<Row> rows = rows(partitions).withColumn("y", functions.expr("cast(id % 3 as int)"));
      var found = new PermutationJob(job, "y", GlobalTest::score, 2, 5).of(rows);
      assertEquals(wanted.score(), found.score());
      for (int j = 0; j < wanted.values().length; j++) {
        assertArrayEquals(wanted.values()[j], found.values()[j], "feature " + j);
      }
    }
    Dataset<Row> gap = rows(1).where("id <> 3").withColumn("y", functions.lit(0));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new PermutationJob(job, "y", GlobalTest::score, 2, 5).of(gap));
    assertEquals(
        "column \"id\": rows are permuted by their numbers, 0 to 118 without gaps; number them by file order",
        e.getMessage());
  }
}
