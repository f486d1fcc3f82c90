package dev.vitrine.xai.global;

import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.metric.RocAuc;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.global.TracIn.Checkpoint;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wrong labels influence themselves most: a network can only learn them by heart. */
@Tag("slow")
class MislabelledTest {
  private static final int ROWS = 400;

  @Test
  void wrongLabelsStandOut() throws IOException {
    Split digits = DrawnDigits.of(3, ROWS, 30);
    int[] labels = digits.train().targets().toInts();
    boolean[] wrong = new boolean[ROWS];
    for (int i = 0; i < ROWS; i += 10) {
      labels[i] = (labels[i] + 1 + i / 10 % 9) % 10;
      wrong[i] = true;
    }
    Tensor changed = Tensor.of(Shape.of(ROWS), labels);
    try (Dataset train =
            Dataset.labelled(
                "some wrong", digits.train().inputs(), changed, digits.train().classes());
        Dataset test = digits.test();
        Model early = learnt(train, 3);
        Model late = learnt(train, 6)) {
      var t =
          new TracIn(
              List.of(new Checkpoint(early, 2e-3), new Checkpoint(late, 2e-3)),
              Loss.crossEntropy(),
              Device.standard());
      double auc = RocAuc.of(t.ofThemselves(train), wrong);
      assertTrue(auc > 0.9, "1 would be all of them first; " + auc);
      var influence = t.of(train, test);
      int same = 0;
      for (int i = 0; i < test.size(); i++) {
        same += labels[influence.proponents(i, 1)[0]] == test.label(i) ? 1 : 0;
      }
      assertTrue(same >= 27, "of 30 test digits were helped most by the same digit: " + same);
      assertEquals(ROWS, influence.values()[0].length);
    }
  }

  private static Model learnt(Dataset train, int epochs) throws IOException {
    Model m = Model.sequential(flatten(), linear(784, 16), relu(), linear(16, 10));
    new Trainer(m).optimizer(Optimizer.adam(2e-3f)).seed(1).batch(8).fit(train, epochs);
    return m;
  }
}
