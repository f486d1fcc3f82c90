package dev.vitrine.xai.inside;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.inside.ActivationMaximisation.Result;
import org.junit.jupiter.api.Test;

class ActivationMaximisationTest {
  private static final Shape IMAGE = Shape.of(8, 8, 1);

  /** max w·x − |x|²/2 is x = w. */
  @Test
  void aLinearNeuronIsFoundAtItsWeights() {
    float[] w = {1, -2, 0.5f};
    try (Subject s = Nets.subject(x -> x.linear(Nets.matrix(x, 3, 1, w), null))) {
      var up = ActivationMaximisation.ofVectors(1).steps(2000);
      Result r = up.of(s, Shape.of(3), Target.of(0));
      // Adam's steps of .05 die down near the top
      assertArrayEquals(w, r.images().toFloats(), 1e-3f);
      assertTrue(r.finished());
      assertEquals(2000, r.activations().length);
      assertEquals(5.25, r.activations()[1999][0], 1e-2, "|w|²");
    }
  }

  @Test
  void anImageGetsBrightWhereWeightsArePositive() {
    float[] w = new float[64];
    for (int i = 0; i < 64; i++) {
      w[i] = i % 8 < 4 ? 1 : -1;
    }
    try (Subject s = Nets.subject(x -> x.flatten().linear(Nets.matrix(x, 64, 1, w), null))) {
      Result r = ActivationMaximisation.ofImages(1).jitter(0).of(s, IMAGE, Target.of(0));
      for (int i = 0; i < 64; i++) {
        float v = r.images().at(i);
        assertTrue(v >= 0 && v <= 1, "in its range");
        assertTrue(w[i] > 0 == v > 0.5f, "pixel " + i + " is " + v);
      }
      float[][] a = r.activations();
      assertTrue(a[255][0] > a[0][0] + 20, "of 32 at most: " + a[255][0]);
    }
  }

  @Test
  void aNeuronInsideANetworkIsDrivenUp() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Target neuron = Target.neuron(Place.layer("conv1"), 3, 3, 2);
      float[][] a = ActivationMaximisation.ofImages(4).steps(60).of(s, IMAGE, neuron).activations();
      assertTrue(a[59][0] > a[0][0] + 0.1, a[0][0] + " to " + a[59][0]);
    }
  }

  /** Four images at once, or two and two, in any budget. */
  @Test
  void eachImageGoesItsOwnWay() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      var up = ActivationMaximisation.ofImages(3).steps(5).penalties(0.01, 0.001);
      Target t = Target.of(1);
      Result all = up.of(s, IMAGE, 4, 0, t, (step, a) -> true);
      Result last = up.of(s.within(1), IMAGE, 2, 2, t, (step, a) -> true);
      assertArrayEquals(all.images().rows(2, 4).toFloats(), last.images().toFloats());
      Result again = up.of(s, IMAGE, 4, 0, t, (step, a) -> true);
      assertArrayEquals(all.images().toFloats(), again.images().toFloats());
      assertFalse(all.images().at(0) == all.images().at(64), "they begin at random");
      Result classes = up.of(s, IMAGE, 3, 0, Target.of(0, 1, 2), (step, a) -> true);
      assertArrayEquals(all.images().rows(1, 2).toFloats(), classes.images().rows(1, 2).toFloats());
    }
  }

  @Test
  void variationCostsMakeSmootherImages() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      var up = ActivationMaximisation.ofImages(5).steps(80);
      Target t = Target.of(0);
      double rough = variation(up.of(s, IMAGE, t).images());
      double smooth = variation(up.penalties(0, 0.1).of(s, IMAGE, t).images());
      assertTrue(smooth < rough / 2, rough + " to " + smooth);
    }
  }

  private static double variation(Tensor image) {
    double sum = 0;
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 7; x++) {
        float v = image.at(8L * y + x);
        sum += Math.abs(image.at(8L * y + x + 1) - v) + Math.abs(image.at(8L * y + x + 8) - v);
      }
    }
    return sum;
  }

  /** The gradient of the penalty against differences of its formula. */
  @Test
  void thePenaltysGradientIsItsSlope() {
    Shape shape = Shape.of(3, 4, 2);
    double[] image = new double[24];
    for (int i = 0; i < 24; i++) {
      image[i] = Nets.normal(6, 24).at(i);
    }
    double[] gradient = new double[24];
    new Smoothness(0.3, 0.2, 0.5).subtract(gradient, image, shape);
    for (int i = 0; i < 24; i++) {
      double v = image[i];
      image[i] = v + 1e-6;
      double more = penalty(image);
      image[i] = v - 1e-6;
      double less = penalty(image);
      image[i] = v;
      assertEquals((less - more) / 2e-6, gradient[i], 1e-7, "central differences");
    }
  }

  private static double penalty(double[] x) {
    double sum = 0;
    for (int i = 0; i < 24; i++) {
      double dy = i / 8 < 2 ? x[i + 8] - x[i] : 0;
      double dx = i / 2 % 4 < 3 ? x[i + 2] - x[i] : 0;
      sum += 0.15 * (x[i] - 0.5) * (x[i] - 0.5) + 0.2 * Math.sqrt(dy * dy + dx * dx + 1e-6);
    }
    return sum;
  }

  @Test
  void itStopsWhenTold() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      var up = ActivationMaximisation.ofImages(1);
      Result r = up.of(s, IMAGE, 1, 0, Target.of(0), (step, a) -> step < 3);
      assertFalse(r.finished());
      assertEquals(4, r.activations().length);
      Thread.currentThread().interrupt();
      Result none = up.of(s, IMAGE, Target.of(0));
      assertTrue(Thread.interrupted(), "the thread still knows");
      assertEquals(1, none.activations().length);
    }
  }

  @Test
  void errorsSayWhatIsNeeded() {
    try (Subject s = Nets.subject(x -> x)) {
      var up = ActivationMaximisation.ofImages(1);
      var shape =
          assertThrows(IllegalArgumentException.class, () -> up.of(s, Shape.of(3), Target.of(0)));
      assertTrue(shape.getMessage().contains("[h, w, c]"), shape.getMessage());
      var target =
          assertThrows(IllegalArgumentException.class, () -> up.of(s, IMAGE, Target.predicted()));
      assertTrue(target.getMessage().contains("Target.of"), target.getMessage());
      var range = assertThrows(IllegalArgumentException.class, () -> up.penalties(-1, 0));
      assertTrue(range.getMessage().contains("-1.0"), range.getMessage());
    }
  }
}
