package dev.vitrine.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Update;
import dev.vitrine.nn.Inits;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the definition in double: batch statistics in training, running ones afterwards. */
class BatchNormTest {
  private static final int C = 3;
  private static final float EPSILON = 1e-5f;
  private static final float MOMENTUM = 0.1f;

  private static float[] drawn(Shape shape, int stream) {
    Tensor t = Tensor.of(shape, new float[(int) shape.size()]);
    Inits.normal(2).fill(t, 9, stream);
    return t.toFloats();
  }

  private static double count(float[] x) {
    return (double) x.length / C;
  }

  private static double mean(float[] x, int c) {
    double sum = 0;
    for (int i = c; i < x.length; i += C) {
      sum += x[i];
    }
    return sum / count(x);
  }

  private static double variance(float[] x, int c, int less) {
    double sum = 0;
    for (int i = c; i < x.length; i += C) {
      sum += (x[i] - mean(x, c)) * (x[i] - mean(x, c));
    }
    return sum / (count(x) - less);
  }

  private static void follows(Shape shape) {
    Device device = Device.of("scalar", 1);
    double[] mean = {0, 0, 0};
    double[] variance = {1, 1, 1};
    try (Model m = Model.sequential(Layers.batchNorm(C, EPSILON, MOMENTUM));
        Tape tape = Tape.recording(device)) {
      m.state().get("norm1.weight").set(1, 2, -1);
      m.state().get("norm1.bias").set(0, 0.5f, 1);
      Var x = tape.input("x", shape);
      var mode = new Mode.Training(1);
      Var y = m.record(x, mode);
      assertEquals(2, mode.assignments().size());
      try (Update update = Update.compile(List.of(y), mode.assignments())) {
        for (int step = 0; step < 3; step++) {
          float[] batch = drawn(shape, step);
          update.tensor(x).set(batch);
          update.run();
          for (int c = 0; c < C; c++) {
            mean[c] = 0.9 * mean[c] + 0.1 * mean(batch, c);
            variance[c] = 0.9 * variance[c] + 0.1 * variance(batch, c, 1);
            assertEquals(mean[c], m.state().get("norm1.running_mean").at(c), 1e-6);
            assertEquals(variance[c], m.state().get("norm1.running_var").at(c), 3e-6);
            double gamma = m.state().get("norm1.weight").at(c);
            double beta = m.state().get("norm1.bias").at(c);
            double scale = gamma / Math.sqrt(variance(batch, c, 0) + EPSILON);
            for (int i = c; i < batch.length; i += C) {
              double want = (batch[i] - mean(batch, c)) * scale + beta;
              assertEquals(want, update.tensor(y).at(i), 3e-6);
            }
          }
        }
      }
      evaluates(m, device, shape, mean, variance);
    }
  }

  private static void evaluates(
      Model m, Device device, Shape shape, double[] mean, double[] variance) {
    float[] batch = drawn(shape, 7);
    try (Tape tape = Tape.eager(device)) {
      Var y = m.record(tape.input("x", Tensor.of(shape, batch)), Mode.EVALUATION);
      for (int i = 0; i < batch.length; i++) {
        int c = i % C;
        double gamma = m.state().get("norm1.weight").at(c);
        double want =
            (batch[i] - mean[c]) / Math.sqrt(variance[c] + EPSILON) * gamma
                + m.state().get("norm1.bias").at(c);
        assertEquals(want, y.value().at(i), 1e-5);
      }
    }
  }

  @Test
  void rowsAndImages() {
    follows(Shape.of(6, C));
    follows(Shape.of(2, 3, 2, C));
  }

  @Test
  void statisticsAreSavedButNotTrained() {
    try (Model m = Model.sequential(Layers.batchNorm(C))) {
      assertEquals(4, m.parameters().size());
      assertTrue(m.parameters().get(0).isTrained());
      assertFalse(m.parameters().get(2).isTrained());
      assertEquals(2 * C, m.size());
    }
  }

  @Test
  void oneValuePerChannelHasNoVariance() {
    try (Model m = Model.sequential(Layers.batchNorm(C));
        Tape tape = Tape.recording(Device.of("scalar", 1))) {
      Var x = tape.input("x", Shape.of(1, C));
      var e = assertThrows(IllegalArgumentException.class, () -> m.record(x, new Mode.Training(1)));
      assertTrue(e.getMessage().contains("larger batches"), e.getMessage());
      assertEquals(x.shape(), m.record(x, Mode.EVALUATION).shape());
    }
  }
}
