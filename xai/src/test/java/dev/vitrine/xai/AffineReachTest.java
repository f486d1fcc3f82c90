package dev.vitrine.xai;

import static dev.vitrine.nn.layer.Layers.avgPool2d;
import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.relu;
import static dev.vitrine.nn.layer.Layers.residual;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.gradient.IntegratedGradients;
import org.junit.jupiter.api.Test;

/** A network's affine beginning shortens paths and changes no answer. */
class AffineReachTest {
  private static Shape reach(Model m, Shape input, Place at) {
    try (m;
        Tape tape = Tape.recording(Nets.SCALAR)) {
      Var x = tape.input("x", input);
      Var classes = tape.input("classes", DType.INT32, Shape.of(input.dim(0)));
      return new AffineReach(at).in(Recording.of(Network.of(m), x, classes)).shape();
    }
  }

  @Test
  void itPassesDenseLayersOfAnySize() {
    Model m = Model.sequential(flatten(), linear(36, 50), linear(50, 80), relu(), linear(80, 2));
    assertEquals(Shape.of(3, 80), reach(m, Shape.of(3, 6, 6, 1), Place.input()));
  }

  @Test
  void itEndsBeforeAConvolutionThatMakesMoreElements() {
    Model m = Model.sequential(conv2d(1, 8, 3), relu(), flatten(), linear(128, 2));
    Shape x = Shape.of(3, 6, 6, 1);
    assertEquals(x, reach(m, x, Place.input()));
  }

  @Test
  void itPassesWhatMakesFewer() {
    Model m = Model.sequential(conv2d(1, 2, 3), avgPool2d(2), relu(), flatten(), linear(8, 2));
    assertEquals(Shape.of(3, 2, 2, 2), reach(m, Shape.of(3, 6, 6, 1), Place.input()));
  }

  @Test
  void itEndsWhereAValueIsReadTwice() {
    Model m = Model.sequential(linear(4, 4), residual(linear(4, 4), relu()));
    assertEquals(Shape.of(3, 4), reach(m, Shape.of(3, 4), Place.input()));
    Model second = Model.sequential(residual(linear(4, 4), relu()), linear(4, 9));
    assertEquals(Shape.of(3, 4), reach(second, Shape.of(3, 4), Place.input()));
  }

  @Test
  void itBeginsAnywhere() {
    Model m = Model.sequential(linear(4, 7), relu(), linear(7, 6), linear(6, 5), relu());
    assertEquals(Shape.of(3, 5), reach(m, Shape.of(3, 4), Place.layer("relu1")));
  }

  /** A product by ones is no map that the reach knows: there the path lies in the input. */
  @Test
  void integratedGradientsAreTheSameWithAndWithoutIt() {
    try (Model m = Model.sequential(linear(9, 12), linear(12, 20), relu(), linear(20, 3))) {
      m.init(4);
      Network hidden = x -> Network.of(m).record(x.mul(x.ones()));
      Tensor x = Nets.normal(2, 5, 9);
      var ig = new IntegratedGradients().baseline(Baseline.of(Nets.normal(3, 1, 9)));
      for (var method : new IntegratedGradients[] {ig, ig.averageGradient(), ig.tolerance(1e-3)}) {
        float[] wanted;
        float[] given;
        try (Subject s = Nets.subject(hidden)) {
          wanted = method.explain(s, x, Target.of(1)).values().toFloats();
        }
        try (Subject s = Subject.of(m, Nets.SCALAR)) {
          given = method.explain(s, x, Target.of(1)).values().toFloats();
        }
        // sums of a few hundred terms of size 1 in another order
        assertArrayEquals(wanted, given, 1e-5f);
      }
    }
  }
}
