package com.example.digits;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;

import dev.vitrine.autodiff.GradientCheck;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Evaluation;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.rule.Lrp;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Trains on drawn digits, explains ten of them, and prints what must be the same everywhere. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    Device device = Device.standard();
    System.out.println("on " + Main.class.getModule() + ", " + device.backend().name());
    try (Split digits = DrawnDigits.of(7, 2000, 500);
        Model model =
            Model.sequential(
                conv2d(1, 8, 3), relu(), maxPool2d(2), flatten(), linear(8 * 13 * 13, 10))) {
      new Trainer(model).optimizer(Optimizer.adam(3e-3f)).seed(7).batch(50).fit(digits.train(), 3);
      double right = Evaluation.of(model, digits.test(), Loss.crossEntropy(), device).accuracy();
      print("accuracy", String.format(Locale.ROOT, "%.3f", right));
      print("model", model.hash());

      Tensor x = digits.test().inputs().rows(0, 10);
      var explainers =
          List.of(new IntegratedGradients(), Lrp.epsilon(), new BoundedInputXGradient());
      try (Subject subject = Subject.of(model, device)) {
        for (Explainer e : explainers) {
          print(e.name(), e.explain(subject, x, Target.predicted()).hash());
        }
      }
    }
    Tensor some = Tensor.of(Shape.of(4), -2, -0.5f, 0.25f, 3);
    var slopes = GradientCheck.along(device, in -> Softsign.of(in.getFirst()), 0.01, 7, some);
    if (slopes.error() > 1e-4) { // of differences with this step in float32
      throw new AssertionError("the gradient of Softsign is off by " + slopes.error());
    }
  }

  private static void print(String name, String value) {
    System.out.printf("%-22s %s%n", name, value);
  }
}
