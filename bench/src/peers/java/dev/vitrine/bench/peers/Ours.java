package dev.vitrine.bench.peers;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.dropout;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.autodiff.compile.Workspace;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.layer.Sequential;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Quadrature;
import dev.vitrine.xai.gradient.Saliency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Vitrine; as a worker, on the backend that {@code -Dvitrine.backend} names. */
public final class Ours implements Engine {
  private final Device device;

  public Ours(Device device) {
    this.device = device;
  }

  public static void main(String[] args) throws IOException {
    Worker.serve(() -> new Ours(Device.standard()));
  }

  @Override
  public String description() {
    return device.toString();
  }

  @Override
  public Operation of(Workload w, List<Batch> batches) {
    Model model = new Model(layers(w.network()));
    return switch (w.task()) {
      case TRAIN, FRESH -> new OurStep(model, w, batches, device);
      case INFER -> infer(model, inputs(w, batches));
      case SALIENCY -> explain(new Saliency(), model, w, batches);
      case INTEGRATED_GRADIENTS -> {
        var ig = new IntegratedGradients().rule(Quadrature.RIEMANN_MIDDLE).steps(Workload.STEPS);
        yield explain(ig, model, w, batches);
      }
    };
  }

  private static Layer layers(Network network) {
    var all = new ArrayList<Layer>();
    if (network == Network.CNN) {
      all.addAll(List.of(conv2d(1, 32, 3), relu(), maxPool2d(2)));
      all.addAll(List.of(conv2d(32, 64, 3), relu(), maxPool2d(2)));
      all.addAll(List.of(flatten(), linear(1600, 128), relu(), dropout(0.5f), linear(128, 10)));
    } else {
      List<Integer> widths = network.widths();
      for (int i = 1; i < widths.size(); i++) {
        if (i > 1) {
          all.add(relu());
        }
        all.add(linear(widths.get(i - 1), widths.get(i)));
      }
    }
    return new Sequential(all);
  }

  static Shape shape(Workload w) {
    return w.network() == Network.CNN
        ? Shape.of(w.batch(), Network.SIDE, Network.SIDE, 1)
        : Shape.of(w.batch(), w.network().inputs());
  }

  static List<Tensor> inputs(Workload w, List<Batch> batches) {
    var memory = new Memory("batches");
    return batches.stream().map(b -> memory.floats(shape(w), b.x())).toList();
  }

  private Operation infer(Model model, List<Tensor> batches) {
    Tape tape = Tape.recording(device);
    Var x = tape.input("x", batches.getFirst().shape());
    Program program = Program.compile(List.of(model.record(x, Mode.EVALUATION)));
    Workspace workspace = program.workspace();
    return new Operation() {
      private int next;

      @Override
      public void run() {
        workspace.bind(x, batches.get(next++ % Batch.COUNT));
        program.run(workspace);
      }

      @Override
      public void close() {
        workspace.close();
        program.close();
        tape.close();
        model.close();
      }
    };
  }

  private Operation explain(Explainer method, Model model, Workload w, List<Batch> batches) {
    Subject subject = Subject.of(model, device);
    List<Tensor> inputs = inputs(w, batches);
    List<Target> targets = batches.stream().map(b -> Target.of(b.labels())).toList();
    return new Operation() {
      private int next;

      @Override
      public void run() {
        int i = next++ % Batch.COUNT;
        method.explain(subject, inputs.get(i), targets.get(i)).values().owner().close();
      }

      @Override
      public void close() {
        subject.close();
        model.close();
      }
    };
  }
}
