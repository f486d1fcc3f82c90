package dev.vitrine.xai.rule;

import static dev.vitrine.nn.layer.Layers.avgPool2d;
import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.leakyRelu;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;
import static dev.vitrine.nn.layer.Layers.residual;
import static dev.vitrine.nn.layer.Layers.softplus;
import static dev.vitrine.nn.layer.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.op.Add;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Ledger;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Quadrature;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What holds for every network of a kind, on networks that nobody chose. */
class ConservationTest {
  private static final int NETWORKS = 120;
  private static final int SIZE = 6;
  private static final Target TARGET = Target.of(1);

  /** An ε that no sum of floats notices, in sums too; the usual one is seen at silent neurons. */
  private static final Lrp LRP_0 =
      new Lrp(
          Composite.named("LRP-0")
              .on(Relevance.norm(1e-15f), Add.class)
              .then(Composite.epsilon(1e-15f)));

  /** Which networks are drawn. */
  private enum Kind {
    /** ReLUs, no biases, no pools. */
    PLAIN,
    /** As before, with pools. */
    POOLED,
    /** Biases, pools, any activation. */
    ANY
  }

  /** A network, and a row for it. */
  private record Drawn(Model model, Tensor x) {}

  /**
   * Images [n, 6, 6, 1 or 2] or rows [n, 5 to 9] through one to three layers, a skip or none, to 3
   * outputs.
   */
  private static Drawn draw(Kind kind, int seed) {
    var random = new RandomStream(seed, 7, 0);
    boolean bias = kind == Kind.ANY;
    List<Layer> layers = new ArrayList<>();
    int width;
    int[] shape;
    if (random.below(3) == 0) {
      width = 5 + random.below(5);
      shape = new int[] {1, width};
    } else {
      int channels = 1 + random.below(2);
      shape = new int[] {1, SIZE, SIZE, channels};
      int side = SIZE;
      for (int convolutions = 1 + random.below(2); convolutions > 0; convolutions--) {
        int kernel = 2 + random.below(2);
        int out = 3 + random.below(4);
        layers.add(conv2d(channels, out, kernel).bias(bias));
        layers.add(activation(kind, random));
        channels = out;
        side -= kernel - 1;
        if (random.below(2) == 0) {
          layers.add(
              residual(
                  conv2d(channels, channels, 3).padding(1).bias(bias), activation(kind, random)));
        }
      }
      if (kind != Kind.PLAIN && random.below(3) > 0) {
        layers.add(random.below(2) == 0 ? maxPool2d(2) : avgPool2d(2));
        side /= 2;
      }
      layers.add(flatten());
      width = side * side * channels;
    }
    for (int dense = random.below(3); dense > 0; dense--) {
      int out = 6 + random.below(6);
      layers.add(linear(width, out).bias(bias));
      layers.add(activation(kind, random));
      width = out;
    }
    layers.add(linear(width, 3).bias(bias));
    return new Drawn(
        Model.sequential(layers.toArray(Layer[]::new)).init(seed), Nets.normal(seed, shape));
  }

  private static Layer activation(Kind kind, RandomStream random) {
    return switch (kind == Kind.ANY ? random.below(5) : 0) {
      case 0, 1 -> relu();
      case 2 -> leakyRelu(0.1f);
      case 3 -> tanh();
      default -> softplus();
    };
  }

  /** What is to hold of a network. */
  private interface Check {
    void of(Subject s, Tensor x, String what);
  }

  private static void each(Kind kind, Check check) {
    for (int seed = 0; seed < NETWORKS; seed++) {
      Drawn d = draw(kind, seed);
      try (Model m = d.model();
          Subject s = Subject.of(m, Nets.SCALAR)) {
        check.of(s, d.x(), "network " + seed + ": " + m);
      }
    }
  }

  private static Attribution explain(Explainer e, Subject s, Tensor x) {
    return e.explain(s, x, TARGET);
  }

  private static double size(Attribution a) {
    double sum = 0;
    for (float v : a.values().toFloats()) {
      sum += Math.abs(v);
    }
    return sum;
  }

  private static void same(Attribution wanted, Attribution given, double tolerance, String what) {
    float[] a = wanted.values().toFloats();
    float[] b = given.values().toFloats();
    double distance = 0;
    for (int i = 0; i < a.length; i++) {
      distance += Math.abs(a[i] - b[i]);
    }
    assertTrue(
        distance <= tolerance * size(wanted), what + ": " + distance + " of " + size(wanted));
  }

  @Test
  void withoutBiasesAndPoolsThreeMethodsAreOne() {
    int[] asked = {0};
    each(
        Kind.PLAIN,
        (s, x, what) -> {
          Attribution gradient = explain(new InputXGradient(), s, x);
          // z of an almost silent neuron is small beside its terms, and so are the differences;
          // what is divided by it has lost some of its 24 bits
          same(gradient, explain(LRP_0, s, x), 2e-4, "LRP-0 " + what);
          same(gradient, explain(new DeepLift(), s, x), 2e-4, "DeepLIFT " + what);
          double f = gradient.outputs()[0];
          assertEquals(f, Attribution.sum(gradient.values()), 1e-5 * size(gradient) + 1e-6, what);
          asked[0] += size(gradient) > 0 ? 1 : 0;
        });
    assertTrue(asked[0] > NETWORKS / 2, "most of them say something");
  }

  @Test
  void deepLiftIsCompleteForEveryNetwork() {
    each(
        Kind.ANY,
        (s, x, what) -> {
          for (RevealCancel where : RevealCancel.values()) {
            for (Baseline b : List.of(Baseline.zero(), Baseline.uniform(9, -1, 1))) {
              Attribution a = explain(new DeepLift().baseline(b).revealCancel(where), s, x);
              // some hundred roundings of shares that may cancel
              double gap = Objects.requireNonNull(a.convergence()).worst();
              String rule = where + ", " + b + ", " + what;
              assertTrue(gap <= 2e-5 * size(a) + 2e-6, rule + ": " + gap + " of " + size(a));
            }
          }
        });
  }

  @Test
  void integratedGradientsAreCompleteForEveryNetwork() {
    var ig = new IntegratedGradients().rule(Quadrature.RIEMANN_MIDDLE).steps(64);
    each(
        Kind.ANY,
        (s, x, what) -> {
          Attribution a = explain(ig, s, x);
          // each of some dozen kinks on the path costs about 1/128 of its jump
          double gap = Objects.requireNonNull(a.convergence()).worst();
          assertTrue(gap <= 3e-2 * size(a) + 1e-4, what + ": " + gap + " of " + size(a));
        });
  }

  private static Ledger ledger(Attribution a) {
    return Objects.requireNonNull(a.ledger());
  }

  /** The seed less what stabilisers took; no bias took anything. */
  @Test
  void withoutBiasesAllRelevanceIsAttributed() {
    List<LrpRule> rules =
        List.of(
            LrpRule.zPlus(),
            LrpRule.alphaBeta(2, 1),
            LrpRule.alphaBeta(1.5f, 0.5f),
            LrpRule.gamma(0.25f),
            LrpRule.flat(),
            LrpRule.wSquare());
    for (LrpRule rule : rules) {
      Lrp lrp = new Lrp(Composite.everywhere("one rule", rule)).withLedger();
      each(
          Kind.POOLED,
          (s, x, what) -> {
            Attribution a = explain(lrp, s, x);
            Ledger l = ledger(a);
            double bounds = l.lines().stream().mapToDouble(n -> n.bound()[0]).sum();
            double left = a.outputs()[0] - l.stabiliser(0);
            assertEquals(0, l.bias(0), what);
            assertEquals(left, Attribution.sum(a.values()), bounds, what + "\n" + l);
          });
    }
  }

  /**
   * Rules whose denominators have one sign need no stabiliser. With z⁺ an output below 0 may have
   * nothing that pushes it up; and a skip's sum may be 0 where flat and w² send relevance.
   */
  @Test
  void rulesOfOneSignLoseNothing() {
    int[] asked = {0};
    for (LrpRule rule : List.of(LrpRule.zPlus(), LrpRule.flat(), LrpRule.wSquare())) {
      Lrp lrp = new Lrp(Composite.everywhere("one rule", rule));
      each(
          Kind.PLAIN,
          (s, x, what) -> {
            Attribution a = explain(lrp, s, x);
            double f = a.outputs()[0];
            if (f > 0 && !what.contains("residual")) {
              // denominators of size 10⁻² and more that are 10⁻⁶ too large
              assertEquals(f, Attribution.sum(a.values()), 1e-3 * f + 1e-6, rule + " " + what);
              asked[0]++;
            }
          });
    }
    assertTrue(asked[0] > NETWORKS / 2, asked[0] + " networks");
  }

  /** Strides leave pixels out, groups leave channels out, padding is nobody's. */
  @Test
  void oddConvolutionsAndPoolsConserveToo() {
    try (Model m =
            Model.sequential(
                    conv2d(4, 6, 3).stride(2).padding(1).groups(2).bias(false),
                    relu(),
                    conv2d(6, 5, 2).dilation(2).bias(false),
                    relu(),
                    maxPool2d(3).stride(1).padding(1),
                    flatten(),
                    linear(45, 3).bias(false))
                .init(77);
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Tensor x = Nets.normal(78, 1, 9, 9, 4);
      for (LrpRule rule : List.of(LrpRule.flat(), LrpRule.wSquare(), LrpRule.epsilon(1e-9f))) {
        Lrp lrp = new Lrp(Composite.everywhere("one rule", rule)).withLedger();
        Attribution a = explain(lrp, s, x);
        // denominators that are 10⁻⁶ too large; flat divides whole numbers
        double f = a.outputs()[0];
        assertEquals(f, Attribution.sum(a.values()), 1e-3 * Math.abs(f), rule.toString());
        assertTrue(ledger(a).unbalanced(0).isEmpty(), ledger(a).toString());
      }
      for (RevealCancel where : RevealCancel.values()) {
        Attribution a =
            explain(new DeepLift().revealCancel(where).baseline(Baseline.uniform(1, -1, 1)), s, x);
        double gap = Objects.requireNonNull(a.convergence()).worst();
        assertTrue(gap <= 2e-5 * size(a) + 2e-6, where + ": " + gap + " of " + size(a));
      }
    }
  }

  /** Of an image in range every pixel's share has the sign of what arrives, and all is shared. */
  @Test
  void inRangeTheBoxRuleIsPositive() {
    var random = new RandomStream(3, 0, 0);
    for (int seed = 0; seed < NETWORKS; seed++) {
      int in = 3 + random.below(8);
      try (Model m =
              Model.sequential(linear(in, 7).bias(false), relu(), linear(7, 1).bias(false))
                  .init(seed);
          Subject s = Subject.of(m, Nets.SCALAR)) {
        Tensor x = Nets.normal(seed, 4, in);
        for (long i = 0; i < x.size(); i++) {
          x.put(i, Math.clamp(x.at(i), -1, 2));
        }
        Composite box =
            Composite.named("Box")
                .layers("linear1", LrpRule.zBox(-1, 2))
                .then(Composite.everywhere("z⁺", LrpRule.zPlus()));
        Attribution a = new Lrp(box).explain(s, x, Target.of(0));
        for (int r = 0; r < 4; r++) {
          double sign = Math.signum(a.outputs()[r]);
          for (float v : a.row(r).toFloats()) {
            // a pixel at its bound: a difference of two equal numbers
            assertTrue(sign * v >= -1e-6, "seed " + seed + ": " + v + " of " + a.outputs()[r]);
          }
        }
      }
    }
  }
}
