package dev.vitrine.bench.conformance;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.Quadrature;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** One case of group explain: its network, its rows, and what its arguments mean here. */
final class ExplainCase implements AutoCloseable {
  /** As the golden files call them. */
  static final Map<String, Quadrature> RULES =
      Map.of(
          "gausslegendre", Quadrature.GAUSS_LEGENDRE,
          "riemann_left", Quadrature.RIEMANN_LEFT,
          "riemann_middle", Quadrature.RIEMANN_MIDDLE,
          "riemann_right", Quadrature.RIEMANN_RIGHT,
          "riemann_trapezoid", Quadrature.RIEMANN_TRAPEZOID);

  /** How a method's results come about. */
  @FunctionalInterface
  interface Formula {
    void run(ExplainCase c) throws IOException;
  }

  private final Trial trial;
  private final Subject subject;

  ExplainCase(Trial trial) throws IOException {
    this.trial = trial;
    boolean network = trial.golden().json().has("model");
    GoldenModel model = network ? trial.model(false) : null;
    this.subject =
        new Subject(
            x -> Objects.requireNonNull(model).record(x).output(),
            trial.golden().id(),
            trial.device());
  }

  Json args() throws IOException {
    return trial.golden().args();
  }

  boolean has(String input) throws IOException {
    return trial.golden().has(input);
  }

  Subject subject() {
    return subject;
  }

  /** Inputs as the case stores them. */
  Numbers numbers(String input) throws IOException {
    return trial.golden().input(input);
  }

  /** An input in the engine's order of axes. */
  Tensor image(String input) throws IOException {
    return Layout.IMAGE.toEngine(numbers(input)).tensor(trial.memory());
  }

  Memory memory() {
    return trial.memory();
  }

  Tensor x() throws IOException {
    return image("x");
  }

  /** The class of each row; networks with one output have no choice. */
  Target target() throws IOException {
    return has("target") ? Target.of(numbers("target").ints()) : Target.of(0);
  }

  Baseline baseline() throws IOException {
    if (has("baseline")) {
      return Baseline.of(image("baseline"));
    }
    return args().has("baseline") ? Baseline.constant(args().real("baseline")) : Baseline.zero();
  }

  Quadrature rule() throws IOException {
    Quadrature rule = RULES.get(args().text("method"));
    if (rule == null) {
      throw new FormatException(
          args().file().toString(),
          "quadrature \"%s\" is unknown; there are %s"
              .formatted(args().text("method"), RULES.keySet()));
    }
    return rule;
  }

  int steps() throws IOException {
    return args().integer("n_steps");
  }

  Place layer() throws IOException {
    return Place.layer(args().text("layer"));
  }

  /** [c, h, w] becomes (h, w, c); a number stays. */
  int[] neuron() throws IOException {
    if (args().node().get("neuron").isInt()) {
      return new int[] {args().integer("neuron")};
    }
    int[] chw = args().ints("neuron");
    return new int[] {chw[1], chw[2], chw[0]};
  }

  Interpolation upsampling() throws IOException {
    return args().text("upsample_mode").equals("nearest")
        ? Interpolation.NEAREST
        : Interpolation.BILINEAR;
  }

  Attribution explain(Explainer e) throws IOException {
    return e.explain(subject, x(), target());
  }

  /** Puts the attributions, and how far they are from completeness. */
  Attribution put(Explainer e) throws IOException {
    Attribution a = explain(e);
    put("attributions", a.values());
    if (a.convergence() != null) {
      put("convergence_delta", row(a.convergence().gap()));
    }
    return a;
  }

  void put(String name, Tensor images) {
    put(name, Layout.IMAGE.toGolden(Numbers.of(images)));
  }

  void put(String name, Numbers golden) {
    trial.put(name, golden);
  }

  static Numbers row(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return Numbers.of(Shape.of(wide.length), wide);
  }

  @Override
  public void close() {
    subject.close();
  }
}
