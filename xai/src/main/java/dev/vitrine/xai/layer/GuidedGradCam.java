package dev.vitrine.xai.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.rule.GuidedBackprop;
import java.util.Map;

/**
 * GradCAM's map, stretched to the input, times guided backprop: where, times what (Selvaraju et al.
 * 2017, section 3.2).
 */
public record GuidedGradCam(Place layer, Interpolation upsampled) implements Expression {
  public GuidedGradCam(Place layer) {
    this(layer, Interpolation.BILINEAR);
  }

  @Override
  public String name() {
    return "GuidedGradCAM";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("layer", layer.toString(), "upsampled", upsampled.name());
  }

  @Override
  public Var on(Recording r) {
    return Cam.gradCam(layer).upsampled(upsampled).on(r).mul(new GuidedBackprop().on(r));
  }
}
