package dev.vitrine.xai.gradient;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Map;

/** a = |df/dx|, or df/dx if signed (Simonyan, Vedaldi and Zisserman 2013). */
public record Saliency(boolean signed) implements Explainer {
  /** The absolute gradient. */
  public Saliency() {
    this(false);
  }

  @Override
  public String name() {
    return "Saliency";
  }

  @Override
  public Attribution explain(Subject subject, Tensor x, int firstRow, Target target) {
    return Gradients.explain(
        this,
        Map.of("signed", String.valueOf(signed)),
        (in, g) -> signed ? g : g.abs(),
        subject,
        x,
        target);
  }
}
