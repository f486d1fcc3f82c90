package dev.vitrine.nn.train;

import static dev.vitrine.nn.layer.Layers.linear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Dataset DATA = Rows.of();

  /** The hash of a new model after training. */
  private static String trained(int epochs) throws IOException {
    try (Model m = Rows.model()) {
      Rows.trainer(m).fit(DATA, epochs);
      return m.hash();
    }
  }

  @Test
  void trainingTwiceGivesTheSameBits() throws IOException {
    assertEquals(trained(3), trained(3));
    assertNotEquals(trained(3), trained(2));
  }

  @Test
  void theSeedDecidesTheFirstWeightsUnlessTheyAreKept() throws IOException {
    try (Model a = Rows.model();
        Model b = Rows.model()) {
      Rows.trainer(a.init(99)).fit(DATA, 1);
      assertEquals(trained(1), a.hash());
      Rows.trainer(b.init(99)).keepWeights().fit(DATA, 1);
      assertNotEquals(trained(1), b.hash());
    }
  }

  @Test
  void trainingLearns() throws IOException {
    try (Model m = Model.sequential(linear(3, 3))) {
      List<Callback.Epoch> epochs =
          Rows.trainer(m).validate(Rows.of(50, 2, false)).fit(Rows.of(200, 1, false), 20);
      assertTrue(epochs.getLast().loss() < epochs.getFirst().loss() / 2, epochs.toString());
      // chance is a third; a linear model can tell which of three numbers is the largest
      double accuracy = Objects.requireNonNull(epochs.getLast().validation()).accuracy();
      assertTrue(accuracy > 0.9, "accuracy " + accuracy);
    }
  }

  @Test
  void theLastBatchTakesWhatIsLeft() throws IOException {
    var rows = new ArrayList<Integer>();
    try (Model m = Model.sequential(linear(3, 3))) {
      Callback count =
          new Callback() {
            @Override
            public void step(Moment s) {
              rows.add(s.row());
            }
          };
      List<Callback.Epoch> epochs =
          Rows.trainer(m).optimizer(Optimizer.sgd(0)).callback(count).fit(DATA, 1);
      assertEquals(List.of(5, 10, 15, 20, 22), rows);
      // weights that don't move: the mean over batches, weighed by their rows, is the mean over all
      double whole = Evaluation.of(m, DATA, Loss.crossEntropy(), Rows.SCALAR).loss();
      assertEquals(whole, epochs.getFirst().loss(), 1e-6, "five sums in float, one in double");
    }
  }

  @Test
  void fewerRowsThanABatchAreOneBatch() throws IOException {
    try (Model m = Rows.model();
        Model n = Rows.model()) {
      Rows.trainer(m).batch(1000).fit(DATA, 2);
      Rows.trainer(n).batch(DATA.size()).fit(DATA, 2);
      assertEquals(n.hash(), m.hash());
    }
  }

  @Test
  void theScheduleSaysTheRateOfEachEpoch() throws IOException {
    var rates = new ArrayList<Double>();
    try (Model m = Model.sequential(linear(3, 3));
        Model once = Model.sequential(linear(3, 3))) {
      Callback listen =
          new Callback() {
            @Override
            public void step(Moment s) {
              rates.add(s.rate());
            }
          };
      Rows.trainer(m)
          .optimizer(Optimizer.sgd(0.25f))
          .schedule((base, epoch) -> epoch == 0 ? base : 0)
          .callback(listen)
          .fit(DATA, 2);
      Rows.trainer(once).optimizer(Optimizer.sgd(0.25f)).fit(DATA, 1);
      assertEquals(
          IntStream.range(0, 10).mapToObj(i -> i < 5 ? 0.25 : 0.0).toList(), List.copyOf(rates));
      assertEquals(once.hash(), m.hash(), "an epoch at rate 0 moves nothing");
    }
  }

  @Test
  void earlyStoppingEndsWithTheBestWeights() throws IOException {
    // what is learnt is wrong for these rows: their loss grows from the first epoch on
    Dataset turned = Rows.of(30, 2, true);
    for (int epochs : new int[] {3, 50}) {
      try (Model m = Model.sequential(linear(3, 3));
          Model once = Model.sequential(linear(3, 3))) {
        Trainer t = Rows.trainer(m).validate(turned).earlyStopping(4);
        List<Callback.Epoch> ran = t.fit(DATA, epochs);
        assertEquals(Math.min(epochs, 5), ran.size(), "the best one, then four in vain");
        assertFalse(t.wasStopped());
        Rows.trainer(once).fit(DATA, 1);
        assertEquals(once.hash(), m.hash());
      }
    }
  }

  @Test
  void earlyStoppingNeedsSomethingToJudgeBy() {
    try (Model m = Rows.model()) {
      Trainer t = Rows.trainer(m).earlyStopping(1);
      assertThrows(IllegalArgumentException.class, () -> t.fit(DATA, 1));
      assertThrows(IllegalArgumentException.class, () -> t.earlyStopping(0));
    }
  }

  @Test
  void aLossThatIsNotANumberIsRefusedWithEpochAndStep() {
    try (Model m = Model.sequential(linear(1, 1))) {
      Dataset data =
          Dataset.valued(
              "line",
              Tensor.of(Shape.of(4, 1), 1, 2, 3, 4),
              Tensor.of(Shape.of(4, 1), 1, 2, 3, 4),
              List.of());
      Trainer t =
          new Trainer(m)
              .device(Rows.SCALAR)
              .loss(Loss.mse())
              .optimizer(Optimizer.sgd(1e30f))
              .batch(2);
      var e = assertThrows(ArithmeticException.class, () -> t.fit(data, 3));
      assertTrue(e.getMessage().contains("step 2 of epoch 1"), e.getMessage());
      assertTrue(e.getMessage().contains("lower the learning rate"), e.getMessage());
    }
  }

  @Test
  void noRowsAreRefused() {
    try (Model m = Rows.model()) {
      assertThrows(IllegalArgumentException.class, () -> Rows.trainer(m).fit(DATA.slice(0, 0), 1));
      assertThrows(IllegalArgumentException.class, () -> Rows.trainer(m).batch(0));
    }
  }

  @Test
  void aMomentKnowsHowFarItIs() throws IOException {
    try (Model m = Model.sequential(linear(3, 3))) {
      var left = new ArrayList<Double>();
      Callback listen =
          new Callback() {
            @Override
            public void step(Moment s) {
              assertEquals(22, s.rows());
              assertEquals(2, s.epochs());
              assertTrue(s.rowsPerSecond() > 0);
              left.add(s.secondsLeft() * s.rowsPerSecond());
            }
          };
      Rows.trainer(m).callback(listen).fit(DATA, 2);
      assertEquals(39, left.getFirst(), 1e-6, "44 rows in all, 5 done");
      assertEquals(0, left.getLast(), 1e-6);
    }
  }
}
