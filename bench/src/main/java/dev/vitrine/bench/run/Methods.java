package dev.vitrine.bench.run;

import static java.util.Map.entry;

import dev.vitrine.tensor.Tensor;
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
import dev.vitrine.xai.lime.Lime;
import dev.vitrine.xai.lime.LimeTabular;
import dev.vitrine.xai.perturb.FeatureAblation;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Occlusion;
import dev.vitrine.xai.perturb.Replacement;
import dev.vitrine.xai.perturb.Rise;
import dev.vitrine.xai.perturb.Xrai;
import dev.vitrine.xai.rule.Composite;
import dev.vitrine.xai.rule.Deconvnet;
import dev.vitrine.xai.rule.DeepLift;
import dev.vitrine.xai.rule.GuidedBackprop;
import dev.vitrine.xai.rule.Lrp;
import dev.vitrine.xai.rule.LrpRule;
import dev.vitrine.xai.rule.RevealCancel;
import dev.vitrine.xai.segment.Slic;
import dev.vitrine.xai.shapley.KernelShap;
import dev.vitrine.xai.shapley.ShapleySampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The methods that the command line knows, by name, with their usual settings. */
public final class Methods {
  /** Rows of training data that stand for it where a method wants a background. */
  private static final int BACKGROUND = 20;

  /** Coalitions or masks of each row, where a method takes some. */
  private static final int SAMPLES = 1000;

  /** Superpixels of an image, where a method hides more than a pixel. */
  private static final int SEGMENTS = 50;

  /** Those of the quickstart. */
  public static final List<String> FEW =
      List.of("saliency", "input-x-gradient", "integrated-gradients");

  /** For inputs of any shape. */
  private static final Map<String, Function<Tensor, Explainer>> ANY =
      ordered(
          entry("saliency", b -> new Saliency()),
          entry("input-x-gradient", b -> new InputXGradient()),
          entry("integrated-gradients", b -> new IntegratedGradients().tolerance(1e-3)),
          entry("expected-gradients", b -> ExpectedGradients.over(b, 0)),
          entry("gradient-shap", b -> ExpectedGradients.over(b, 0).noise(Noise.relative(0.05f, 0))),
          entry("guided-ig", b -> new GuidedIntegratedGradients()),
          entry("smoothgrad", b -> new SmoothGrad(new Saliency(true))),
          entry("smoothgrad-squared", b -> new SmoothGrad(new Saliency(true)).squared()),
          entry("vargrad", b -> new SmoothGrad(new Saliency(true)).variance()),
          entry("guided-backprop", b -> new GuidedBackprop()),
          entry("deconvnet", b -> new Deconvnet()),
          entry("deeplift", b -> new DeepLift()),
          entry(
              "deeplift-reveal-cancel", b -> new DeepLift().revealCancel(RevealCancel.EVERYWHERE)),
          entry("deepshap", b -> OverBaselines.each(new DeepLift(), some(b))),
          entry("lrp-epsilon", b -> Lrp.epsilon()),
          entry("lrp-zplus", b -> everywhere("ZPlus", LrpRule.zPlus())),
          entry("lrp-gamma", b -> everywhere("Gamma", LrpRule.gamma(0.25f))),
          entry("lrp-alpha2-beta1", b -> everywhere("Alpha2Beta1", LrpRule.alphaBeta(2, 1))),
          entry("lrp-flat", b -> everywhere("Flat", LrpRule.flat())),
          entry("lrp-wsquare", b -> everywhere("WSquare", LrpRule.wSquare())),
          entry("excitation-backprop", b -> new Lrp(Composite.excitation()).start(Lrp.Start.ONE)),
          entry("feature-ablation", b -> new FeatureAblation()),
          entry("shapley-sampling", b -> new ShapleySampling(features(b), absent(b), 0)),
          entry("kernel-shap", b -> new KernelShap(features(b), absent(b), 0).samples(SAMPLES)),
          entry("lime", Methods::lime));

  /** For images with values between 0 and 1. */
  private static final Map<String, Function<Tensor, Explainer>> IMAGES =
      ordered(
          entry("blur-ig", b -> new BlurIntegratedGradients()),
          entry("lrp-epsilon-plus", b -> new Lrp(Composite.epsilonPlus(1e-6f))),
          entry("lrp-epsilon-plus-flat", b -> new Lrp(Composite.epsilonPlusFlat(1e-6f))),
          entry(
              "lrp-epsilon-gamma-box", b -> new Lrp(Composite.epsilonGammaBox(1e-6f, 0.25f, 0, 1))),
          entry("deep-taylor", b -> new Lrp(Composite.deepTaylor(0, 1))),
          entry("occlusion", b -> Occlusion.square(4, 2)),
          entry("rise", b -> new Rise(SAMPLES, 0)),
          entry("xrai", b -> new Xrai()));

  /** For networks with a convolution. */
  private static final Map<String, Function<Tensor, Explainer>> CONVOLUTIONS =
      ordered(
          entry("grad-cam", b -> large(Cam.gradCam(Place.lastConvolution()))),
          entry("grad-cam++", b -> large(Cam.gradCamPlusPlus(Place.lastConvolution()))),
          entry("layer-cam", b -> large(Cam.layerCam(Place.lastConvolution()))),
          entry(
              "score-cam",
              b -> new ScoreCam(Place.lastConvolution()).upsampled(Interpolation.BILINEAR)),
          entry("guided-grad-cam", b -> new GuidedGradCam(Place.lastConvolution())));

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

  private static boolean areImages(Tensor background) {
    return background.shape().rank() == 4;
  }

  /** Superpixels of images; pixels of images that hardly have more of these. */
  private static Features features(Tensor background) {
    if (!areImages(background)) {
      return Features.each();
    }
    int pixels = background.shape().dim(1) * background.shape().dim(2);
    return pixels < 4 * SEGMENTS ? Features.pixels() : Features.segments(new Slic(SEGMENTS));
  }

  /** What stands in place of features: black in images, other rows in tables. */
  private static Replacement absent(Tensor background) {
    return areImages(background) ? Replacement.zero() : Replacement.background(some(background));
  }

  private static Explainer lime(Tensor background) {
    return areImages(background)
        ? Lime.image(features(background), 0)
        : LimeTabular.of(background, Set.of(), 0);
  }

  private static Tensor some(Tensor background) {
    return background.rows(0, Math.min(BACKGROUND, background.shape().dim(0)));
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

  /** The method of this name; {@code background}: rows of training data. */
  public static Explainer of(String name, Tensor background) {
    var make = ANY.getOrDefault(name, IMAGES.getOrDefault(name, CONVOLUTIONS.get(name)));
    if (make == null) {
      throw new IllegalArgumentException(
          "no method is called \"" + name + "\"; there are " + String.join(", ", all()));
    }
    return make.apply(background);
  }
}
