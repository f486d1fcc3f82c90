package dev.vitrine.xai;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.xai.gradient.BlurIntegratedGradients;
import dev.vitrine.xai.gradient.ExpectedGradients;
import dev.vitrine.xai.gradient.GuidedIntegratedGradients;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Noise;
import dev.vitrine.xai.gradient.Quadrature;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.gradient.SmoothGrad;
import dev.vitrine.xai.layer.Cam;
import dev.vitrine.xai.layer.GuidedGradCam;
import dev.vitrine.xai.layer.InternalInfluence;
import dev.vitrine.xai.layer.LayerActivation;
import dev.vitrine.xai.layer.LayerConductance;
import dev.vitrine.xai.layer.NeuronConductance;
import dev.vitrine.xai.layer.ScoreCam;
import dev.vitrine.xai.rule.Captum;
import dev.vitrine.xai.rule.Composite;
import dev.vitrine.xai.rule.Deconvnet;
import dev.vitrine.xai.rule.DeepLift;
import dev.vitrine.xai.rule.GuidedBackprop;
import dev.vitrine.xai.rule.Lrp;
import dev.vitrine.xai.rule.LrpRule;
import dev.vitrine.xai.rule.RevealCancel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every explainer of the module, with settings that make it quick. What is promised of all methods
 * is tested with these lists: a new explainer is added here.
 */
public final class AllMethods {
  private static final float EPSILON = LrpRule.STABILISER;

  private AllMethods() {}

  /**
   * Those that explain any number of any network.
   *
   * @param layer a layer of it
   * @param data rows of its input, to draw baselines from
   * @param neuron an element of what the layer gives
   */
  public static List<Explainer> gradients(Place layer, Tensor data, int... neuron) {
    Baseline drawn = Baseline.drawn(data, 5);
    Noise noise = Noise.normal(0.2f, 3);
    var ig = new IntegratedGradients();
    return List.of(
        new Saliency(),
        new Saliency(true).at(layer),
        new InputXGradient(),
        new InputXGradient().at(layer),
        ig,
        ig.at(layer).steps(9),
        ig.tolerance(1e-2),
        ig.baseline(Baseline.constant(0.25f)).budget(1 << 16),
        ig.rule(Quadrature.RIEMANN_TRAPEZOID).steps(7).averageGradient(),
        new ExpectedGradients(drawn).samples(12),
        new ExpectedGradients(drawn).at(layer).noise(noise).samples(10),
        new ExpectedGradients(drawn).samples(8).tolerance(0.3),
        new SmoothGrad(new Saliency()).samples(9),
        new SmoothGrad(new InputXGradient()).squared().noise(noise).samples(8),
        new SmoothGrad(new GuidedBackprop()).variance().samples(7),
        new GuidedIntegratedGradients().steps(12),
        new OverBaselines(ig.steps(6), drawn, new Samples(5, 0)),
        OverBaselines.each(new GuidedIntegratedGradients().steps(4), data),
        new GuidedBackprop(),
        new GuidedBackprop().at(layer),
        new Deconvnet(),
        new Deconvnet().at(layer),
        new LayerActivation(layer),
        new LayerConductance(layer),
        new InternalInfluence(layer),
        new NeuronConductance(layer, neuron));
  }

  /** Those that have no rule for a softmax, so that they explain logits and their differences. */
  public static List<Explainer> rules(Place layer, Tensor data) {
    var all = new ArrayList<Explainer>();
    var deepLift = new DeepLift();
    all.add(deepLift);
    all.add(deepLift.multipliers());
    all.add(deepLift.at(layer));
    all.add(deepLift.baseline(Baseline.constant(0.25f)).withLedger());
    all.add(deepLift.revealCancel(RevealCancel.BEHIND_LINEAR));
    all.add(deepLift.revealCancel(RevealCancel.EVERYWHERE).baseline(Baseline.constant(-0.5f)));
    all.add(new OverBaselines(deepLift, Baseline.drawn(data, 6), new Samples(5, 0)));
    all.add(OverBaselines.each(deepLift, data));
    all.add(Lrp.epsilon().start(Lrp.Start.ONE));
    all.add(Lrp.epsilon().at(layer));
    all.add(Lrp.epsilon().withLedger());
    all.add(new SmoothGrad(Lrp.epsilon()).samples(6));
    composites().forEach(c -> all.add(new Lrp(c)));
    return all;
  }

  /** The composites, for inputs between −5 and 5. */
  public static List<Composite> composites() {
    return List.of(
        Composite.epsilon(0.25f),
        Composite.epsilonPlus(EPSILON),
        Composite.epsilonPlusFlat(EPSILON),
        Composite.epsilonAlpha2Beta1(EPSILON),
        Composite.epsilonAlpha2Beta1Flat(EPSILON),
        Composite.epsilonGammaBox(EPSILON, 0.25f, -5, 5),
        Composite.excitation(),
        Composite.deepTaylor(-5, 5),
        Composite.everywhere("Gamma", LrpRule.gamma(0.25f)),
        Composite.everywhere("WSquare", LrpRule.wSquare()),
        Captum.composite(
            Map.of("conv*", Captum.gamma(0.25f, true), "linear1", Captum.alpha1Beta0(false))));
  }

  /** Those that need images, [n, h, w, c] at the input and at the layer. */
  public static List<Explainer> images(Place layer) {
    return List.of(
        Cam.gradCam(layer),
        Cam.gradCam(layer).signed().upsampled(Interpolation.NEAREST),
        Cam.gradCamPlusPlus(layer).upsampled(Interpolation.BILINEAR),
        Cam.layerCam(layer),
        new GuidedGradCam(layer),
        new ScoreCam(layer),
        new BlurIntegratedGradients(3, 10));
  }

  /** All that go with a network of images that ends in logits. */
  public static List<Explainer> ofLogits(Place layer, Tensor data, int... neuron) {
    var all = new ArrayList<>(gradients(layer, data, neuron));
    all.addAll(images(layer));
    all.addAll(rules(layer, data));
    return all;
  }
}
