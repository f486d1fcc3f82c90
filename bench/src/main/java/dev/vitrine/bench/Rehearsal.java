package dev.vitrine.bench;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * A short day at the workbench: help, a training, explanations. What the JVM sees of it goes into
 * the AOT cache that bench/jvm makes.
 */
final class Rehearsal {
  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    int code = Vitrine.run(new PrintWriter(System.out), new PrintWriter(System.err), "--help");
    if (code != 0) {
      throw new IllegalStateException("--help ended with exit code " + code);
    }
    try (Dataset digits = DrawnDigits.of(7, 320, 10).train();
        Model cnn =
            Model.sequential(
                conv2d(1, 4, 3),
                relu(),
                maxPool2d(2),
                flatten(),
                linear(676, 16),
                relu(),
                linear(16, 10));
        Model mlp = Model.sequential(flatten(), linear(784, 16), relu(), linear(16, 10))) {
      for (Model model : List.of(cnn, mlp)) {
        new Trainer(model).optimizer(Optimizer.sgd(0.1f)).batch(32).fit(digits, 50);
        Subject subject = Subject.of(model, Device.standard());
        for (Explainer method : List.of(new Saliency(), new IntegratedGradients())) {
          method.explain(subject, digits.inputs().rows(0, 4), Target.predicted());
        }
      }
    }
  }
}
