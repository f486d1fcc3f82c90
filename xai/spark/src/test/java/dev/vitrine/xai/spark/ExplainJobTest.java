package dev.vitrine.xai.spark;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.gradient.SmoothGrad;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Spark answers with the bits of one machine, however the rows are partitioned, on one core and on
 * two.
 */
class ExplainJobTest {
  private static final Tensor X = Given.x(300);

  @Test
  void integratedGradientsHaveTheSameBitsInAnyPartitions() throws IOException {
    sameBits(() -> new IntegratedGradients().tolerance(1e-3));
  }

  @Test
  void randomNumbersGoWithTheRow() throws IOException {
    sameBits(() -> new SmoothGrad(new Saliency(true)));
  }

  private static void sameBits(Recipe<Explainer> explainer) throws IOException {
    try (Model m = Given.model();
        Subject s = Subject.of(m, Device.standard())) {
      Attribution a = explainer.make().explain(s, X, Target.predicted());
      var job = new ExplainJob(PackedModel.of(m), Features.columns(Given.COLUMNS), explainer);
      for (int cores : new int[] {1, 2}) {
        for (int partitions : new int[] {1, 3, 17}) {
          Dataset<Row> rows = Given.frame(Local.spark(cores), X).repartition(partitions);
          String where = "%d partitions on %d cores".formatted(partitions, cores);
          Same.bits(a, job.on(rows).orderBy("id").collectAsList(), where);
        }
      }
    }
  }
}
