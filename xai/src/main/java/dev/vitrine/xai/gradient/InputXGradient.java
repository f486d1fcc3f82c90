package dev.vitrine.xai.gradient;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Map;

/** a = x·df/dx (Shrikumar et al. 2016). */
public record InputXGradient() implements Explainer {
  @Override
  public String name() {
    return "InputXGradient";
  }

  @Override
  public Attribution explain(Subject subject, Tensor x, int firstRow, Target target) {
    return Gradients.explain(this, Map.of(), (in, g) -> in.mul(g), subject, x, target);
  }
}
