package dev.vitrine.xai.gradient;

import static dev.vitrine.xai.Nets.column;
import static dev.vitrine.xai.Nets.matrix;
import static dev.vitrine.xai.gradient.Quadrature.GAUSS_LEGENDRE;
import static dev.vitrine.xai.gradient.Quadrature.RIEMANN_LEFT;
import static dev.vitrine.xai.gradient.Quadrature.RIEMANN_MIDDLE;
import static dev.vitrine.xai.gradient.Quadrature.RIEMANN_RIGHT;
import static dev.vitrine.xai.gradient.Quadrature.RIEMANN_TRAPEZOID;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Functions whose attributions can be worked out by hand. */
class AnalyticCasesTest {
  /** Of the value: 50 products added in float32 lose a few of its 24 bits. */
  private static final float ROUNDING = 2e-6f;

  private static final Explainer INPUT_X_GRADIENT = new InputXGradient();

  private static Attribution explain(Explainer e, Network f, Tensor x) {
    try (Subject s = Nets.subject(f)) {
      return e.explain(s, x, Target.of(0));
    }
  }

  private static float[] values(Explainer e, Network f, float... x) {
    return explain(e, f, Nets.row(x)).values().toFloats();
  }

  private static IntegratedGradients ig(Quadrature rule, int steps) {
    return new IntegratedGradients().rule(rule).steps(steps);
  }

  private static void near(float[] actual, double... expected) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], ROUNDING * Math.max(1, Math.abs(expected[i])));
    }
  }

  @Test
  void aLinearFunction() {
    Network f = x -> x.linear(matrix(x, 3, 1, 2, -3, 0.5f), x.tape().constant("b", one(7)));
    assertArrayEquals(new float[] {2, 3, 0.5f}, values(new Saliency(), f, 1, 2, 4));
    assertArrayEquals(new float[] {2, -3, 0.5f}, values(new Saliency(true), f, 1, 2, 4));
    assertArrayEquals(new float[] {2, -6, 2}, values(INPUT_X_GRADIENT, f, 1, 2, 4));
    for (Quadrature rule : Quadrature.values()) {
      // the trapezoid's weights add up to 1 − 1/n, as Captum's do
      double whole = rule == RIEMANN_TRAPEZOID ? 0.98 : 1;
      near(values(ig(rule, 50), f, 1, 2, 4), 2 * whole, -6 * whole, 2 * whole);
    }
    Tensor b = Nets.row(1, -1, 2);
    near(values(new IntegratedGradients().baseline(Baseline.of(b)), f, 1, 2, 4), 0, -9, 1);
  }

  private static Tensor one(float v) {
    return Tensor.of(Shape.of(1), v);
  }

  @Test
  void aSaturatedFunction() {
    Network f = x -> x.affine(-1, 1).relu().affine(-1, 1);
    assertArrayEquals(new float[] {0}, values(new Saliency(), f, 2));
    near(values(ig(GAUSS_LEGENDRE, 50), f, 2), 1);
    near(values(ig(RIEMANN_LEFT, 50), f, 2), 1);
    near(values(ig(RIEMANN_MIDDLE, 50), f, 2), 1);
    near(values(ig(RIEMANN_RIGHT, 50), f, 2), 0.96);
    near(values(ig(RIEMANN_TRAPEZOID, 50), f, 2), 0.98);
  }

  @Test
  void aProduct() {
    Network f = x -> column(x, 0).mul(column(x, 1));
    near(values(INPUT_X_GRADIENT, f, 2, 3), 6, 6);
    near(values(ig(GAUSS_LEGENDRE, 1), f, 2, 3), 3, 3);
    near(values(ig(RIEMANN_LEFT, 50), f, 2, 3), 2.94, 2.94);
    near(values(ig(RIEMANN_RIGHT, 50), f, 2, 3), 3.06, 3.06);
  }

  @Test
  void aCube() {
    Network f = x -> x.mul(x).mul(x);
    near(values(ig(GAUSS_LEGENDRE, 1), f, 2), 6);
    near(values(ig(GAUSS_LEGENDRE, 2), f, 2), 8);
  }

  @Test
  void aSigmoid() {
    double exact = 0.7615941559557647;
    assertEquals(4.6e-5, sigmoid(GAUSS_LEGENDRE, 5, -2, 2) - exact, 1e-6);
    assertEquals(4.3e-3, sigmoid(RIEMANN_MIDDLE, 5, -2, 2) - exact, 5e-5);
    assertEquals(-8.6e-3, sigmoid(RIEMANN_RIGHT, 5, -2, 2) - exact, 5e-5);
    assertEquals(0, sigmoid(GAUSS_LEGENDRE, 10, -2, 2) - exact, ROUNDING);
    assertEquals(4.3e-5, sigmoid(RIEMANN_MIDDLE, 50, -2, 2) - exact, 1e-6);
    double far = 0.4999546021312976;
    assertEquals(-8e-7, sigmoid(GAUSS_LEGENDRE, 10, 0, 10) - far, ROUNDING);
    assertEquals(2.5e-2, sigmoid(RIEMANN_LEFT, 50, 0, 10) - far, 5e-5);
  }

  private static double sigmoid(Quadrature rule, int steps, float from, float to) {
    return values(ig(rule, steps).baseline(Baseline.constant(from)), Var::sigmoid, to)[0];
  }

  @Test
  void twoWritingsOfOneFunctionHaveOneExplanation() {
    Network f = x -> column(x, 0).relu().shift(-1).sub(column(x, 1).relu()).relu();
    Network g = x -> column(x, 0).shift(-1).relu().sub(column(x, 1).relu()).relu();
    near(values(new IntegratedGradients(), f, 3, 1), 1.5, -0.5);
    near(values(new IntegratedGradients(), g, 3, 1), 1.5, -0.5);
  }

  @Test
  void twoDenseLayersWithoutBias() {
    near(values(INPUT_X_GRADIENT, dense(2), 1, 2, 3), 18, 36, 54);
    near(values(INPUT_X_GRADIENT, dense(-2), 1, 2, 3), 6, 36, 54);
  }

  /** W₁ = 2 everywhere but in its corner, ReLU, w₂ = (3, 3, 3). */
  private static Network dense(float corner) {
    return x ->
        x.linear(matrix(x, 3, 3, corner, 2, 2, 2, 2, 2, 2, 2, 2), null)
            .relu()
            .linear(matrix(x, 3, 1, 3, 3, 3), null);
  }

  @Test
  void aConvolution() {
    Tensor ones = Tensor.of(Shape.of(3, 3, 1, 2), repeated(18));
    Tensor bias = Tensor.of(Shape.of(2), -50, -75);
    Network f =
        x ->
            x.conv2d(Window.UNIT, x.tape().constant("w", ones), x.tape().constant("b", bias))
                .relu()
                .flatten()
                .linear(matrix(x, 8, 1, 1, 1, 1, -1, 1, -1, 1, -1), null);
    Tensor image = Tensor.of(Shape.of(1, 4, 4, 1), new float[16]);
    for (int i = 0; i < 16; i++) {
      image.put(i, i);
    }
    Attribution a = explain(INPUT_X_GRADIENT, f, image);
    assertArrayEquals(new float[] {54}, a.outputs());
    assertArrayEquals(
        new float[] {0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 0, 0, 0, 0}, a.values().toFloats());
  }

  private static float[] repeated(int n) {
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void aSkipConnection() {
    Network f = x -> column(x.linear(matrix(x, 2, 2, 5, 5, 5, 5), null).add(x), 1);
    near(values(INPUT_X_GRADIENT, f, 2, 3), 10, 18);
  }

  @Test
  void twoKinksOnOnePath() {
    Network f =
        x -> {
          Var s = x.sumLast();
          return s.shift(-10).relu().add(s.shift(1).relu().scale(3)).shift(-1);
        };
    Attribution middle = explain(ig(RIEMANN_MIDDLE, 50), f, Nets.row(20, 50, 30));
    assertArrayEquals(new float[] {392}, middle.outputs());
    near(middle.values().toFloats(), 78, 195, 117);
    // known to four decimals
    assertArrayEquals(
        new float[] {78.0359f, 195.0897f, 117.0538f},
        values(ig(GAUSS_LEGENDRE, 50), f, 20, 50, 30),
        2e-4f);
  }

  @Test
  void interactionsAreShared() {
    Network xor = x -> x.sumLast().sub(column(x, 0).mul(column(x, 1)).scale(2));
    near(values(new IntegratedGradients(), xor, 1, 1), 0, 0);
    near(values(INPUT_X_GRADIENT, xor, 1, 1), -1, -1);
    Network pair = x -> column(x, 0).add(column(x, 1).mul(column(x, 2)).scale(2));
    near(values(new IntegratedGradients(), pair, 1, 1, 1), 1, 1, 1);
  }

  @Test
  void aNegativePathIsPartOfTheGradient() {
    Network f =
        x ->
            x.linear(matrix(x, 1, 3, 1, -1, 1), null)
                .relu()
                .linear(matrix(x, 3, 1, 2, 3, -4), null);
    assertArrayEquals(new float[] {-2}, values(new Saliency(true), f, 1));
    assertArrayEquals(new float[] {2}, values(new Saliency(), f, 1));
  }
}
