package dev.vitrine.bench.peers.libtorch;

import dev.vitrine.bench.peers.Batch;
import dev.vitrine.bench.peers.Engine;
import dev.vitrine.bench.peers.Network;
import dev.vitrine.bench.peers.Operation;
import dev.vitrine.bench.peers.Worker;
import dev.vitrine.bench.peers.Workload;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** libtorch, called through JavaCPP; {@code -Dlibtorch.nhwc=true}: with channels last. */
final class Libtorch implements Engine {
  private final boolean nhwc = Boolean.getBoolean("libtorch.nhwc");

  private final String version;

  private Libtorch() throws IOException {
    version = Loader.getVersion("org.bytedeco", "pytorch", torch.class);
    torch.set_num_threads(1);
    torch.manual_seed(1);
  }

  public static void main(String[] args) throws IOException {
    Worker.serve(Libtorch::new);
  }

  @Override
  public String description() {
    return "libtorch %s by JavaCPP, %s%s"
        .formatted(version, torch.get_cpu_capability().getString(), nhwc ? ", channels last" : "");
  }

  @Override
  public Operation of(Workload w, List<Batch> batches) {
    return new Run(w, batches, new Net(w.network(), nhwc));
  }

  /** One workload; tensors of a step are freed at its end. */
  private static final class Run implements Operation {
    private final Workload w;
    private final Net net;
    private final Optimizer optimizer;
    private final List<Tensor> inputs;
    private final List<Tensor> targets;
    private final Tensor alphas;
    private int next;

    Run(Workload w, List<Batch> batches, Net net) {
      this.w = w;
      this.net = net;
      Network network = w.network();
      TensorVector parameters = net.parameters();
      optimizer =
          network.usesAdam()
              ? new Adam(parameters, new AdamOptions(Network.ADAM_RATE))
              : new SGD(parameters, new SGDOptions(Network.SGD_RATE));
      inputs = batches.stream().map(b -> floats(b.x(), shape(w.batch()))).toList();
      targets = batches.stream().map(this::targets).toList();
      var points = new float[Workload.STEPS];
      for (int k = 0; k < points.length; k++) {
        points[k] = (k + 0.5f) / points.length;
      }
      alphas = floats(points, 1, points.length, 1);
    }

    private long[] shape(long rows) {
      return w.network() == Network.CNN
          ? new long[] {rows, 1, Network.SIDE, Network.SIDE}
          : new long[] {rows, w.network().inputs()};
    }

    /** Labels, one per row; explanations want them as a column. */
    private Tensor targets(Batch b) {
      if (w.network().isBinary()) {
        return floats(b.targets(w.network()), w.batch(), 1);
      }
      long[] labels = Arrays.stream(b.labels()).asLongStream().toArray();
      long[] shape = w.trains() ? new long[] {w.batch()} : new long[] {w.batch(), 1};
      try (var p = new LongPointer(labels)) {
        return torch.from_blob(p, shape, new TensorOptions(ScalarType.Long)).clone();
      }
    }

    private static Tensor floats(float[] values, long... shape) {
      try (var p = new FloatPointer(values)) {
        return torch.from_blob(p, shape).clone();
      }
    }

    @Override
    public void run() {
      int i = next++ % Batch.COUNT;
      try (var _ = new PointerScope()) {
        switch (w.task()) {
          case TRAIN, FRESH -> step(inputs.get(i), targets.get(i));
          case INFER -> infer(inputs.get(i));
          case SALIENCY -> inputGradient(inputs.get(i), targets.get(i)).abs();
          case INTEGRATED_GRADIENTS -> integratedGradients(inputs.get(i), targets.get(i));
        }
      }
    }

    @Override
    public double loss() {
      int i = next++ % Batch.COUNT;
      try (var _ = new PointerScope()) {
        return step(inputs.get(i), targets.get(i)).item_float();
      }
    }

    private Tensor step(Tensor x, Tensor y) {
      optimizer.zero_grad();
      Tensor z = net.outputs(x, true);
      Tensor loss =
          w.network().isBinary()
              ? torch.binary_cross_entropy_with_logits(z, y)
              : torch.cross_entropy_loss(z, y);
      loss.backward();
      optimizer.step();
      return loss;
    }

    private void infer(Tensor x) {
      try (var _ = new InferenceMode()) {
        net.outputs(x, false);
      }
    }

    /** d(logit of each row's class)/dx. */
    private Tensor inputGradient(Tensor rows, Tensor classes) {
      Tensor x = rows.detach().requires_grad_(true);
      Tensor chosen = net.outputs(x, false).gather(1, classes).sum();
      return torch.grad(new TensorVector(chosen), new TensorVector(x)).get(0);
    }

    /** The average of the gradients on the way from zero to x, times x; all points in one batch. */
    private Tensor integratedGradients(Tensor x, Tensor classes) {
      long n = w.batch();
      Tensor rows = x.view(n, 1, w.network().inputs());
      Tensor path = rows.mul(alphas).view(shape(n * Workload.STEPS));
      Tensor slopes = inputGradient(path, classes.repeat_interleave(Workload.STEPS).unsqueeze(1));
      return slopes.view(n, Workload.STEPS, w.network().inputs()).mean(1).mul(rows);
    }

    @Override
    public void close() {
      optimizer.close();
      net.close();
      inputs.forEach(Tensor::close);
      targets.forEach(Tensor::close);
      alphas.close();
    }
  }
}
