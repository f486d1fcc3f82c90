package dev.vitrine.xai.inside;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.metric.Predictions;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a network that reads digits looks like from inside. */
@Tag("slow")
class DigitImagesTest {
  private static final Shape IMAGE = Shape.of(28, 28, 1);
  private static final int[] ALL = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

  private static final Model MODEL =
      Model.sequential(
          conv2d(1, 6, 5),
          relu(),
          maxPool2d(2),
          conv2d(6, 12, 5),
          relu(),
          maxPool2d(2),
          flatten(),
          linear(192, 32),
          relu(),
          linear(32, 10));

  @BeforeAll
  static void learn() throws IOException {
    try (Split digits = DrawnDigits.of(1, 1500, 10)) {
      new Trainer(MODEL).optimizer(Optimizer.adam(2e-3f)).seed(1).batch(16).fit(digits.train(), 3);
    }
  }

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Test
  void theImageOfAClassIsTakenForThatClass() {
    try (Subject s = Subject.of(MODEL, Device.standard())) {
      var up = ActivationMaximisation.ofImages(1).steps(128).penalties(0, 0.02);
      Tensor images =
          up.of(s, IMAGE, 10, 0, Target.of(ALL).logProbability(), (step, a) -> true).images();
      assertArrayEquals(ALL, Predictions.of(s.outputs(images)));
    }
  }

  @Test
  void everyBackendFindsTheSameImage() {
    var up = ActivationMaximisation.ofImages(2).steps(4).penalties(0.01, 0.01);
    Target neuron = Target.neuron(Place.layer("relu2"), 4, 4, 7);
    float[] wanted = null;
    for (var backend : Device.backends()) {
      if (backend.unavailable() == null) {
        try (Subject s = Subject.of(MODEL, Device.of(backend.name(), 2))) {
          float[] image = up.of(s, IMAGE, neuron).images().toFloats();
          wanted = wanted == null ? image : wanted;
          assertArrayEquals(wanted, image, backend.name());
        }
      }
    }
  }

  @Test
  void moreStepsDriveEachImageUp() {
    try (Subject s = Subject.of(MODEL, Device.standard())) {
      float[][] a =
          ActivationMaximisation.ofImages(1)
              .steps(64)
              .of(s, IMAGE, 10, 0, Target.of(ALL), (step, now) -> true)
              .activations();
      for (int c = 0; c < 10; c++) {
        assertTrue(a[63][c] > a[0][c] + 5, "logit of " + c + ": " + a[0][c] + " to " + a[63][c]);
      }
    }
  }
}
