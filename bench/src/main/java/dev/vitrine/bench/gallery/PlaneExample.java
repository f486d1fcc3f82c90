package dev.vitrine.bench.gallery;

import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.tanh;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.chart.DecisionBoundary;
import dev.vitrine.xai.inside.DecisionMap;
import dev.vitrine.xai.inside.Plane;
import java.io.IOException;
import java.util.List;

/** Three arms of a spiral, and how a small network tells them apart. */
final class PlaneExample {
  private static final int ROWS = 240;
  private static final int ARMS = 3;

  private PlaneExample() {}

  static Example of(Device device, long seed) throws IOException {
    float[] x = new float[2 * ROWS];
    int[] labels = new int[ROWS];
    for (int r = 0; r < ROWS; r++) {
      var random = new RandomStream(seed, 1, r);
      labels[r] = r % ARMS;
      double out = 0.15 + 0.85 * random.uniform();
      double turn = 2 * Math.PI * labels[r] / ARMS + 3 * out + 0.12 * random.normal();
      x[2 * r] = (float) (out * StrictMath.cos(turn));
      x[2 * r + 1] = (float) (out * StrictMath.sin(turn));
    }
    Tensor rows = Tensor.of(Shape.of(ROWS, 2), x);
    List<String> arms = List.of("first arm", "second arm", "third arm");
    var data = Dataset.labelled("spiral", rows, Tensor.of(Shape.of(ROWS), labels), arms);
    try (Model model =
            Model.sequential(linear(2, 24), tanh(), linear(24, 24), tanh(), linear(24, ARMS))
                .init(seed);
        Subject network = Subject.of(model, device)) {
      new Trainer(model)
          .device(device)
          .seed(seed)
          .optimizer(Optimizer.adam(1e-2f))
          .batch(24)
          .fit(data, 60);
      DecisionMap map = DecisionMap.around(network, Plane.ofTwo(), rows, 120, 120);
      return Example.of("DecisionBoundary", DecisionBoundary.of(map, rows, labels, arms));
    }
  }
}
