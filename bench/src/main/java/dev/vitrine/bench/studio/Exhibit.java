package dev.vitrine.bench.studio;

import dev.vitrine.autodiff.Var;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.layer.Cam;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One model behind the glass.
 *
 * @param name as the page calls it
 * @param live answers while somebody draws: its compiled programs are few and stay
 * @param closer answers everything else
 * @param methods that serve it
 * @param outputs numbers that it gives for a row
 */
record Exhibit(
    String name, Model model, Subject live, Subject closer, List<String> methods, int outputs)
    implements AutoCloseable {

  static Exhibit of(String name, Model model, Device device, boolean images, int outputs) {
    boolean convolutions = model.parameters().stream().anyMatch(p -> p.shape().rank() == 4);
    return new Exhibit(
        name,
        model,
        Subject.of(model, device),
        Subject.of(model, device),
        Methods.of(images, convolutions),
        outputs);
  }

  /** The method of this name; {@code layer} is for class activation maps, null = the usual one. */
  Explainer method(String called, @Nullable String layer, Reference reference) {
    if (!methods.contains(called)) {
      throw new IllegalArgumentException(
          "method \"%s\" does not serve %s; there are %s"
              .formatted(called, name, String.join(", ", methods)));
    }
    Explainer method = Methods.of(called, reference);
    if (layer == null) {
      return method;
    }
    if (!(method instanceof Cam cam)) {
      throw new IllegalArgumentException("method \"%s\" looks at no layer".formatted(called));
    }
    return new Cam(Place.layer(layer), cam.weighting(), cam.relu(), cam.upsampled());
  }

  private enum Program {
    SAID
  }

  /** What the model says of rows [n, …]: a probability per class, or the values themselves. */
  float[][] said(Subject subject, Tensor x, Showcase showcase) {
    boolean classes = !showcase.classes().isEmpty();
    float[] all;
    try (Question q = Question.of(subject, x, 0, Target.of(0))) {
      all = q.value(Program.SAID, Map.of(), r -> said(r, classes)).toFloats();
    }
    float[][] rows = new float[x.shape().dim(0)][];
    for (int r = 0; r < rows.length; r++) {
      rows[r] =
          classes && outputs == 1
              ? new float[] {1 - all[r], all[r]}
              : Arrays.copyOfRange(all, r * outputs, (r + 1) * outputs);
    }
    return rows;
  }

  private Var said(Recording r, boolean classes) {
    if (!classes) {
      return r.outputs();
    }
    return outputs == 1 ? r.outputs().sigmoid() : r.logits().softmax();
  }

  /** The first largest. */
  static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  @Override
  public void close() {
    live.close();
    closer.close();
  }
}
