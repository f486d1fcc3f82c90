package dev.vitrine.bench.studio;

import dev.vitrine.bench.run.Reference;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import org.jspecify.annotations.Nullable;

/** What the model says of a row, and by a method, why: the answer to every stroke. */
final class Explained implements Answer {
  private final Lanes lanes;

  Explained(Lanes lanes) {
    this.lanes = lanes;
  }

  /**
   * @param said probabilities of the classes, or values
   * @param target the output that is explained
   * @param value that output
   * @param map what each feature contributed, base64; null if no method was asked for
   * @param gap how much is missing from completeness; null where it is not promised
   * @param points of a path, or samples, that were taken; null where there are none
   * @param draft whether a quicker form of the method was asked for and there is one
   */
  record Said(
      float[] said,
      int predicted,
      int target,
      @Nullable Float value,
      @Nullable String map,
      @Nullable Float gap,
      @Nullable Integer points,
      boolean draft,
      double milliseconds) {}

  private record Work(String exhibit, @Nullable String method, boolean draft) {}

  @Override
  public Said to(Asked asked) {
    Showcase showcase = asked.showcase();
    Exhibit exhibit = asked.exhibit();
    Tensor x = asked.x();
    Integer target = asked.optional("target", 0, exhibit.outputs() - 1);
    String name = asked.word("method");
    String layer = asked.word("layer");
    Reference reference = showcase.reference();
    Explainer whole = name == null ? null : exhibit.method(name, layer, reference);
    Explainer quick = asked.flag("draft") && whole != null ? Draft.of(whole) : null;
    Explainer method = quick != null ? quick : whole;
    Subject subject = exhibit.live();
    float[] said = exhibit.said(subject, x, showcase)[0];
    int predicted = Exhibit.largest(said);
    int towards = target != null ? target : exhibit.outputs() == 1 ? 0 : predicted;
    if (method == null) {
      return new Said(said, predicted, towards, null, null, null, null, false, 0);
    }
    var done =
        lanes.run(
            new Work(exhibit.name(), name, quick != null),
            () -> method.explain(subject, x, Target.of(towards)));
    Attribution a = done.result();
    var c = a.convergence();
    return new Said(
        said,
        predicted,
        towards,
        a.outputs()[0],
        Floats.encoded(showcase.perFeature(a.values().toFloats())),
        c == null ? null : c.gap()[0],
        c == null ? null : c.steps()[0],
        quick != null,
        done.milliseconds());
  }
}
