package dev.vitrine.bench.floor;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.dropout;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.lime.Lime;
import dev.vitrine.xai.linear.NormalEquations;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Replacement;
import dev.vitrine.xai.segment.Slic;
import dev.vitrine.xai.shapley.ExactShapley;
import dev.vitrine.xai.shapley.KernelShap;
import java.util.List;

/**
 * An explanation, and what it can't do without: outputs of so many rows, and a least squares fit.
 *
 * @param name what the table calls it
 * @param subject the network
 * @param x the rows that are explained
 * @param methods what explains them, one after the other
 * @param rows whose outputs are needed, a batch that is run {@code batches} times
 * @param fit features of the least squares fit on as many samples; 0: it is small
 */
record Floor(
    String name,
    Subject subject,
    Tensor x,
    List<Explainer> methods,
    Tensor rows,
    int batches,
    int fit)
    implements AutoCloseable {
  private static final int SAMPLES = 1000;
  private static final int SEGMENTS = 50;
  private static final int PIXELS = 784;
  private static final int COLUMNS = 16;
  private static final int BACKGROUND = 100;

  /** {@code digits}: images [10, 28, 28, 1]. */
  static List<Floor> all(Tensor digits, Device device) {
    Tensor row = uniform(1, 1, PIXELS);
    Tensor rows = uniform(2, SAMPLES, PIXELS);
    Features each = Features.each();
    Explainer shap = new KernelShap(each, Replacement.zero(), 0).samples(SAMPLES);
    Explainer lime = Lime.image(each, 0).replacement(Replacement.zero());
    Features pieces = Features.segments(new Slic(SEGMENTS));
    List<Explainer> both =
        List.of(
            Lime.image(pieces, 0), new KernelShap(pieces, Replacement.zero(), 0).samples(SAMPLES));
    Explainer exact =
        new ExactShapley(each, Replacement.background(uniform(3, BACKGROUND, COLUMNS)));
    int coalitions = 1 << COLUMNS;
    return List.of(
        new Floor("KernelSHAP, 784 features", mlp(device), row, List.of(shap), rows, 1, PIXELS),
        new Floor("LIME, 784 features", mlp(device), row, List.of(lime), rows, 1, PIXELS),
        new Floor(
            "LIME and KernelSHAP, 10 digits",
            cnn(device),
            digits,
            both,
            uniform(4, SAMPLES, 28, 28, 1),
            2 * digits.shape().dim(0),
            0),
        new Floor(
            "exact Shapley, 16 features",
            table(device),
            uniform(5, 1, COLUMNS),
            List.of(exact),
            uniform(6, coalitions, COLUMNS),
            BACKGROUND,
            0));
  }

  private static Subject mlp(Device device) {
    return subject(
        device,
        Model.sequential(linear(PIXELS, 128), relu(), linear(128, 64), relu(), linear(64, 10)));
  }

  private static Subject cnn(Device device) {
    return subject(
        device,
        Model.sequential(
            conv2d(1, 32, 3),
            relu(),
            maxPool2d(2),
            conv2d(32, 64, 3),
            relu(),
            maxPool2d(2),
            flatten(),
            linear(1600, 128),
            relu(),
            dropout(0.5f),
            linear(128, 10)));
  }

  private static Subject table(Device device) {
    return subject(
        device,
        Model.sequential(linear(COLUMNS, 64), relu(), linear(64, 64), relu(), linear(64, 1)));
  }

  private static Subject subject(Device device, Model model) {
    return Subject.of(model.init(0), device);
  }

  private static Tensor uniform(int seed, int... dims) {
    Tensor t = new Memory("rows").floats(Shape.of(dims));
    for (long i = 0; i < t.size(); i++) {
      t.put(i, Philox.uniformAt(seed, 0, 0, 0, i));
    }
    return t;
  }

  /** Explains. */
  void explain() {
    for (Explainer m : methods) {
      m.explain(subject, x, Target.of(0));
    }
  }

  /** Does what is needed at least. */
  void need() {
    for (int i = 0; i < batches; i++) {
      subject.outputs(rows);
    }
    if (fit > 0) {
      var equations = new NormalEquations(fit);
      double[] z = new double[fit];
      for (int s = 0; s < SAMPLES; s++) {
        z[s % fit] = s;
        equations.add(1, z, s);
      }
      equations.size(); // the last ones are added
    }
  }

  @Override
  public void close() {
    subject.close();
  }
}
