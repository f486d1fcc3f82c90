package dev.vitrine.xai;

import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Evaluation;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.gradient.IntegratedGradients;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** With products in tf32 an MLP learns all the same, and what explains it says how it was made. */
class CudaTf32Test {
  private static final int SEED = 7;
  private static final int ROWS = 1600;

  /** A trained model's hash, the share of test digits that it knows, and where its map was made. */
  private record Result(String model, double accuracy, String backend) {}

  private static Result train(Device device) throws IOException {
    Split digits = DrawnDigits.of(SEED, ROWS, 200);
    try (var train = digits.train();
        var test = digits.test();
        Model model = Model.sequential(flatten(), linear(28 * 28, 32), relu(), linear(32, 10))) {
      new Trainer(model)
          .optimizer(Optimizer.adam(1e-2f))
          .seed(SEED)
          .batch(16)
          .device(device)
          .fit(train, 1);
      try (Subject subject = Subject.of(model, device)) {
        Attribution map =
            new IntegratedGradients().steps(8).explain(subject, test.input(0), Target.predicted());
        double accuracy = Evaluation.of(model, test, Loss.crossEntropy(), device).accuracy();
        return new Result(model.hash(), accuracy, map.provenance().backend());
      }
    }
  }

  @Test
  void anMlpLearnsAndSaysHow() throws IOException {
    Backend cuda =
        Device.backends().stream().filter(b -> b.name().equals("cuda")).findFirst().orElseThrow();
    String reason = cuda.unavailable();
    if (reason != null) {
      System.out.println("CudaTf32Test is skipped: " + reason);
    }
    assumeTrue(reason == null, reason);
    Result exact = train(Device.of("scalar", 1));
    Result fast = train(Device.of("cuda", 1));
    assertTrue(fast.backend().contains("tf32"), fast.backend());
    assertNotEquals(exact.model(), fast.model(), "other bits were asked for");
    // 10 classes, 200 test digits: two runs that differ in roundings differ by a few digits.
    assertTrue(exact.accuracy() > 0.7, "exact " + exact.accuracy());
    assertEquals(exact.accuracy(), fast.accuracy(), 0.05);
  }
}
