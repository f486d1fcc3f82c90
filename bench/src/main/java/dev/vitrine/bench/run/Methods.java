package dev.vitrine.bench.run;

import static java.util.Map.entry;

import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.OverBaselines;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.gradient.BlurIntegratedGradients;
import dev.vitrine.xai.gradient.ExpectedGradients;
import dev.vitrine.xai.gradient.GuidedIntegratedGradients;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Noise;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.gradient.SmoothGrad;
import dev.vitrine.xai.layer.Cam;
import dev.vitrine.xai.layer.GuidedGradCam;
import dev.vitrine.xai.layer.ScoreCam;
import dev.vitrine.xai.perturb.FeatureAblation;
import dev.vitrine.xai.perturb.Occlusion;
import dev.vitrine.xai.perturb.Rise;
import dev.vitrine.xai.perturb.Xrai;
import dev.vitrine.xai.rule.Composite;
import dev.vitrine.xai.rule.Deconvnet;
import dev.vitrine.xai.rule.DeepLift;
import dev.vitrine.xai.rule.GuidedBackprop;
import dev.vitrine.xai.rule.Lrp;
import dev.vitrine.xai.rule.LrpRule;
import dev.vitrine.xai.rule.RevealCancel;
import dev.vitrine.xai.shapley.KernelShap;
import dev.vitrine.xai.shapley.ShapleySampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The methods that the command line knows, by name, with their usual settings. */
public final class Methods {
  /** Coalitions or masks of each row, where a method takes some. */
  private static final int SAMPLES = 1000;

  /** A map that knows nothing, for comparisons: not among {@link #all}. */
  public static final String RANDOM = "random";

  /** Those of the quickstart. */
  public static final List<String> FEW =
      List.of("saliency", "input-x-gradient", "integrated-gradients");

  /** For inputs of any shape. */
  private static final Map<String, Function<Reference, Explainer>> ANY =
      ordered(
          entry("saliency", r -> new Saliency()),
          entry("input-x-gradient", r -> new InputXGradient()),
          entry("integrated-gradients", r -> new IntegratedGradients().tolerance(1e-3)),
          entry("expected-gradients", r -> ExpectedGradients.over(r.data(), 0)),
          entry(
              "gradient-shap",
              r -> ExpectedGradients.over(r.data(), 0).noise(Noise.relative(0.05f, 0))),
          entry("guided-ig", r -> new GuidedIntegratedGradients()),
          entry("smoothgrad", r -> new SmoothGrad(new Saliency(true))),
          entry("smoothgrad-squared", r -> new SmoothGrad(new Saliency(true)).squared()),
          entry("vargrad", r -> new SmoothGrad(new Saliency(true)).variance()),
          entry("guided-backprop", r -> new GuidedBackprop()),
          entry("deconvnet", r -> new Deconvnet()),
          entry("deeplift", r -> new DeepLift()),
          entry(
              "deeplift-reveal-cancel", r -> new DeepLift().revealCancel(RevealCancel.EVERYWHERE)),
          entry("deepshap", r -> OverBaselines.each(new DeepLift(), r.background())),
          entry("lrp-epsilon", r -> Lrp.epsilon()),
          entry("lrp-zplus", r -> everywhere("ZPlus", LrpRule.zPlus())),
          entry("lrp-gamma", r -> everywhere("Gamma", LrpRule.gamma(0.25f))),
          entry("lrp-alpha2-beta1", r -> everywhere("Alpha2Beta1", LrpRule.alphaBeta(2, 1))),
          entry("lrp-flat", r -> everywhere("Flat", LrpRule.flat())),
          entry("lrp-wsquare", r -> everywhere("WSquare", LrpRule.wSquare())),
          entry("excitation-backprop", r -> new Lrp(Composite.excitation()).start(Lrp.Start.ONE)),
          entry("feature-ablation", r -> new FeatureAblation()),
          entry("shapley-sampling", r -> new ShapleySampling(r.features(), r.replacement(), 0)),
          entry(
              "kernel-shap",
              r -> new KernelShap(r.features(), r.replacement(), 0).samples(SAMPLES)),
          entry("lime", Reference::lime));

  /** For images with values between 0 and 1. */
  private static final Map<String, Function<Reference, Explainer>> IMAGES =
      ordered(
          entry("blur-ig", r -> new BlurIntegratedGradients()),
          entry("lrp-epsilon-plus", r -> new Lrp(Composite.epsilonPlus(1e-6f))),
          entry("lrp-epsilon-plus-flat", r -> new Lrp(Composite.epsilonPlusFlat(1e-6f))),
          entry(
              "lrp-epsilon-gamma-box", r -> new Lrp(Composite.epsilonGammaBox(1e-6f, 0.25f, 0, 1))),
          entry("deep-taylor", r -> new Lrp(Composite.deepTaylor(0, 1))),
          entry("occlusion", r -> Occlusion.square(4, 2)),
          entry("rise", r -> new Rise(SAMPLES, 0)),
          entry("xrai", r -> new Xrai()));

  /** For networks with a convolution. */
  private static final Map<String, Function<Reference, Explainer>> CONVOLUTIONS =
      ordered(
          entry("grad-cam", r -> large(Cam.gradCam(Place.lastConvolution()))),
          entry("grad-cam++", r -> large(Cam.gradCamPlusPlus(Place.lastConvolution()))),
          entry("layer-cam", r -> large(Cam.layerCam(Place.lastConvolution()))),
          entry(
              "score-cam",
              r -> new ScoreCam(Place.lastConvolution()).upsampled(Interpolation.BILINEAR)),
          entry("guided-grad-cam", r -> new GuidedGradCam(Place.lastConvolution())));

  private Methods() {}

  /** A map in the order of its entries. */
  @SafeVarargs
  static <V> Map<String, V> ordered(Map.Entry<String, V>... entries) {
    var all = new LinkedHashMap<String, V>();
    for (var e : entries) {
      all.put(e.getKey(), e.getValue());
    }
    return all;
  }

  private static Explainer everywhere(String name, LrpRule rule) {
    return new Lrp(Composite.everywhere(name, rule));
  }

  private static Explainer large(Cam cam) {
    return cam.upsampled(Interpolation.BILINEAR);
  }

  /** Every name. */
  public static List<String> all() {
    return of(true, true);
  }

  /** Every name that serves such inputs and such a network. */
  public static List<String> of(boolean images, boolean convolutions) {
    var names = new ArrayList<>(ANY.keySet());
    if (images) {
      names.addAll(IMAGES.keySet());
    }
    if (convolutions) {
      names.addAll(CONVOLUTIONS.keySet());
    }
    return names;
  }

  /** The method of this name. */
  public static Explainer of(String name, Reference reference) {
    if (name.equals(RANDOM)) {
      return new RandomAttribution(0);
    }
    var make = ANY.getOrDefault(name, IMAGES.getOrDefault(name, CONVOLUTIONS.get(name)));
    if (make == null) {
      throw new IllegalArgumentException(
          "no method is called \"" + name + "\"; there are " + String.join(", ", all()));
    }
    return make.apply(reference);
  }
}
