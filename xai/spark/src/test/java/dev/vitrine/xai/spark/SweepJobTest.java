package dev.vitrine.xai.spark;

import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Evaluation;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.spark.SweepJob.Trained;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** A grid of trainings is a table of the models that one machine trains. */
class SweepJobTest {
  private static Trained train(int hidden, long seed, Device device) throws IOException {
    try (Split data = DrawnDigits.of(7, 200, 50);
        Model m = Model.sequential(flatten(), linear(784, hidden), relu(), linear(hidden, 10))) {
      Loss loss = Loss.crossEntropy();
      new Trainer(m)
          .loss(loss)
          .optimizer(Optimizer.adam(1e-3f))
          .seed(seed)
          .device(device)
          .fit(data.train(), 1);
      return new Trained(
          m.hash(), Map.of("accuracy", Evaluation.of(m, data.test(), loss, device).accuracy()));
    }
  }

  @Test
  void eachConfigurationWithEachSeed() throws IOException {
    var configurations = new TreeMap<>(Map.of("small", 4, "wide", 9));
    var sweep = new SweepJob<>(configurations, List.of(1L, 2L), SweepJobTest::train);
    List<Row> table = sweep.on(Local.spark()).orderBy("configuration", "seed").collectAsList();
    assertEquals(4, table.size());
    int at = 0;
    for (var c : configurations.entrySet()) {
      for (long seed = 1; seed <= 2; seed++) {
        Row r = table.get(at++);
        Trained wanted = train(c.getValue(), seed, Device.of("scalar", 1));
        assertEquals(c.getKey(), r.getString(0));
        assertEquals(seed, r.getLong(1));
        assertEquals(wanted.model(), r.getString(2));
        assertEquals(wanted.figures(), r.getJavaMap(3));
      }
    }
  }
}
