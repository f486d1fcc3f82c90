package dev.vitrine.bench.peers.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.vitrine.bench.peers.Batch;
import dev.vitrine.bench.peers.Network;
import dev.vitrine.bench.peers.Operation;
import dev.vitrine.bench.peers.Worker;
import dev.vitrine.bench.peers.Workload;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Deep Java Library on PyTorch. */
final class Djl implements dev.vitrine.bench.peers.Engine {
  private final Engine engine = Engine.getEngine("PyTorch");

  private Djl() {
    engine.setRandomSeed(1);
  }

  public static void main(String[] args) throws IOException {
    Worker.serve(Djl::new);
  }

  @Override
  public String description() {
    return "DJL 0.35.0 on PyTorch " + engine.getVersion();
  }

  @Override
  public Operation of(Workload w, List<Batch> batches) {
    return new Run(engine, w, batches);
  }

  /** One workload; arrays belong to a manager of each operation and are freed at its end. */
  private static final class Run implements Operation {
    private final Engine engine;
    private final Workload w;
    private final Loss loss;
    private final Model model;
    private final Trainer trainer;
    private final NDManager manager;
    private final ParameterStore parameters;
    private final List<NDArray> inputs;
    private final List<NDArray> targets;
    private final NDArray alphas;
    private int next;

    Run(Engine engine, Workload w, List<Batch> batches) {
      this.engine = engine;
      this.w = w;
      Network network = w.network();
      loss =
          network.isBinary()
              ? Loss.sigmoidBinaryCrossEntropyLoss()
              : Loss.softmaxCrossEntropyLoss();
      Optimizer optimizer =
          network.usesAdam()
              ? Optimizer.adam().optLearningRateTracker(Tracker.fixed(Network.ADAM_RATE)).build()
              : Optimizer.sgd().setLearningRateTracker(Tracker.fixed(Network.SGD_RATE)).build();
      model = Model.newInstance(w.id(), "PyTorch");
      Block block = Blocks.of(network);
      model.setBlock(block);
      trainer =
          model.newTrainer(
              new DefaultTrainingConfig(loss)
                  .optOptimizer(optimizer)
                  .optDevices(new Device[] {Device.cpu()}));
      trainer.initialize(shape(w.batch()));
      manager = trainer.getManager();
      if (!w.trains()) {
        block.freezeParameters(true);
      }
      parameters = new ParameterStore(manager, false);
      inputs = batches.stream().map(b -> manager.create(b.x(), shape(w.batch()))).toList();
      targets = batches.stream().map(this::targets).toList();
      var points = new float[Workload.STEPS];
      for (int k = 0; k < points.length; k++) {
        points[k] = (k + 0.5f) / points.length;
      }
      alphas = manager.create(points, new Shape(1, points.length, 1));
    }

    private Shape shape(long rows) {
      return w.network() == Network.CNN
          ? new Shape(rows, 1, Network.SIDE, Network.SIDE)
          : new Shape(rows, w.network().inputs());
    }

    /** Labels for a loss, one per row; explanations mark the class by a one among zeros. */
    private NDArray targets(Batch b) {
      Network network = w.network();
      if (network.isBinary() || !w.trains()) {
        return manager.create(b.targets(network), new Shape(w.batch(), network.outputs()));
      }
      return manager.create(Arrays.stream(b.labels()).asLongStream().toArray());
    }

    @Override
    public void run() {
      int i = next++ % Batch.COUNT;
      try (NDManager scope = manager.newSubManager()) {
        NDArray x = inputs.get(i).duplicate();
        x.attach(scope); // what is computed from x belongs to its manager
        NDArray y = targets.get(i);
        switch (w.task()) {
          case TRAIN, FRESH -> step(scope, x, y);
          case INFER -> outputs(scope, x);
          case SALIENCY -> inputGradient(scope, x, y).abs();
          case INTEGRATED_GRADIENTS -> integratedGradients(scope, x, y);
        }
      }
    }

    @Override
    public double loss() {
      int i = next++ % Batch.COUNT;
      try (NDManager scope = manager.newSubManager()) {
        NDArray x = inputs.get(i).duplicate();
        x.attach(scope);
        return step(scope, x, targets.get(i)).getFloat();
      }
    }

    private NDArray step(NDManager scope, NDArray x, NDArray y) {
      NDArray value;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList z = trainer.forward(new NDList(x));
        z.attach(scope);
        value = loss.evaluate(new NDList(y), z);
        value.attach(scope);
        collector.backward(value);
      }
      trainer.step();
      return value;
    }

    private NDArray outputs(NDManager scope, NDArray x) {
      NDArray z = model.getBlock().forward(parameters, new NDList(x), false).singletonOrThrow();
      z.attach(scope);
      return z;
    }

    /** d(logit that y marks)/dx, each row on its own. */
    private NDArray inputGradient(NDManager scope, NDArray x, NDArray y) {
      x.setRequiresGradient(true);
      try (GradientCollector collector = engine.newGradientCollector()) {
        collector.backward(outputs(scope, x).mul(y).sum());
      }
      NDArray g = x.getGradient();
      g.attach(scope);
      return g;
    }

    /** The average of the gradients on the way from zero to x, times x; all points in one batch. */
    private void integratedGradients(NDManager scope, NDArray x, NDArray y) {
      int n = w.batch();
      int width = w.network().inputs();
      NDArray rows = x.reshape(n, 1, width);
      NDArray path = rows.mul(alphas).reshape(shape((long) n * Workload.STEPS));
      NDArray marks = y.repeat(0, Workload.STEPS);
      marks.attach(scope); // y belongs to the whole workload
      NDArray slopes = inputGradient(scope, path, marks).reshape(n, Workload.STEPS, width);
      slopes.mean(new int[] {1}, true).mul(rows);
    }

    @Override
    public void close() {
      trainer.close();
      model.close();
    }
  }
}
