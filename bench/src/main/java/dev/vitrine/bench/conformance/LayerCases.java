package dev.vitrine.bench.conformance;

import static java.util.Map.entry;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Route;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.layer.Cam;
import dev.vitrine.xai.layer.GuidedGradCam;
import dev.vitrine.xai.layer.InternalInfluence;
import dev.vitrine.xai.layer.LayerActivation;
import dev.vitrine.xai.layer.LayerConductance;
import dev.vitrine.xai.layer.NeuronConductance;
import dev.vitrine.xai.rule.DeepLift;
import java.io.IOException;
import java.util.Map;

/** What layers and neurons do. */
final class LayerCases {
  static final Map<String, ExplainCase.Formula> METHODS =
      Map.ofEntries(
          entry("LayerActivation", c -> c.put(new LayerActivation(c.layer()))),
          entry("LayerGradientXActivation", c -> c.put(new InputXGradient(c.layer()))),
          entry("LayerGradCam", LayerCases::gradCam),
          entry("GradCAM++", LayerCases::gradCamPlusPlus),
          entry("GuidedGradCam", c -> c.put(new GuidedGradCam(c.layer(), c.upsampling()))),
          entry("LayerConductance", c -> c.put(new LayerConductance(c.layer(), route(c)))),
          entry("InternalInfluence", c -> c.put(new InternalInfluence(c.layer(), route(c)))),
          entry("LayerIntegratedGradients", c -> c.put(path(c).at(c.layer()))),
          entry("LayerDeepLift", c -> c.put(new DeepLift().at(c.layer()).baseline(c.baseline()))),
          entry("NeuronGradient", c -> neuron(c, new Saliency(true))),
          entry("NeuronIntegratedGradients", c -> neuron(c, path(c))),
          entry("NeuronConductance", LayerCases::neuronConductance));

  private LayerCases() {}

  private static Route route(ExplainCase c) throws IOException {
    return new Route(c.baseline(), c.rule(), c.steps());
  }

  private static IntegratedGradients path(ExplainCase c) throws IOException {
    return new IntegratedGradients().rule(c.rule()).steps(c.steps()).baseline(c.baseline());
  }

  private static void gradCam(ExplainCase c) throws IOException {
    Cam cam = Cam.gradCam(c.layer());
    Cam asked = c.args().flag("relu_attributions", false) ? cam : cam.signed();
    c.put("attributions", c.explain(asked).values());
    c.put("upsampled", c.explain(asked.upsampled(c.upsampling())).values());
  }

  private static void gradCamPlusPlus(ExplainCase c) throws IOException {
    Cam cam = Cam.gradCamPlusPlus(c.layer());
    c.put("attributions", c.explain(cam).values());
    try (Question q = Question.of(c.subject(), c.x(), 0, c.target())) {
      Tensor w = q.value("weights", Map.of(), cam::weights);
      c.put("weights", Numbers.of(w).reshape(Shape.of(w.shape().dim(0), w.shape().dim(3))));
    }
  }

  private static void neuron(ExplainCase c, Explainer e) throws IOException {
    Target target = Target.neuron(c.layer(), c.neuron());
    c.put("attributions", e.explain(c.subject(), c.x(), target).values());
  }

  private static void neuronConductance(ExplainCase c) throws IOException {
    NeuronConductance all = new NeuronConductance(c.layer(), c.neuron());
    c.put(new NeuronConductance(all.neuron(), route(c)));
  }
}
