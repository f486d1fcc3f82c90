package dev.vitrine.nn.torch;

import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Names;
import dev.vitrine.nn.Parameter;
import dev.vitrine.nn.layer.Conv2d;
import dev.vitrine.nn.layer.Flatten;
import dev.vitrine.nn.layer.Linear;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A layer that has arrays, as PyTorch would keep them.
 *
 * @param name its path in the model: {@code residual1.conv2}
 * @param position its path by numbers, as PyTorch's Sequential names it: {@code 3.0}
 * @param slots its arrays by their names: {@code weight}, {@code bias} …
 */
record TorchModule(String name, String position, Map<String, Slot> slots) {

  /**
   * A parameter and how PyTorch orders it.
   *
   * @param channels more than 1: rows (or elements) are those of a flattened image with so many
   *     channels, which PyTorch flattens channel by channel
   */
  record Slot(Parameter parameter, int channels) {
    private boolean isFlattened() {
      return channels > 1 && parameter.shape().dim(0) > channels;
    }

    Shape torchShape() {
      Shape s = parameter.shape();
      return switch (s.rank()) {
        case 2 -> TorchLayout.MATRIX.toTorch(s);
        case 3 -> TorchLayout.ROW.toTorch(s);
        case 4 -> TorchLayout.KERNEL.toTorch(s);
        default -> s;
      };
    }

    Tensor toEngine(Tensor torch) {
      return switch (torch.shape().rank()) {
        case 1 -> pixelsFirst(torch);
        case 2 -> pixelsFirst(TorchLayout.MATRIX.toEngine(torch));
        case 3 -> TorchLayout.ROW.toEngine(torch);
        case 4 -> TorchLayout.KERNEL.toEngine(torch);
        default -> torch;
      };
    }

    Tensor toTorch() {
      Tensor v = parameter.value();
      return switch (v.shape().rank()) {
        case 1 -> channelsFirst(v);
        case 2 -> TorchLayout.MATRIX.toTorch(channelsFirst(v));
        case 3 -> TorchLayout.ROW.toTorch(v);
        case 4 -> TorchLayout.KERNEL.toTorch(v);
        default -> v;
      };
    }

    private Tensor pixelsFirst(Tensor x) {
      return swapped(x, channels, x.shape().dim(0) / Math.max(channels, 1));
    }

    private Tensor channelsFirst(Tensor x) {
      return swapped(x, x.shape().dim(0) / Math.max(channels, 1), channels);
    }

    /** [a·b, …] as [b·a, …]. */
    private Tensor swapped(Tensor x, int a, int b) {
      if (!isFlattened()) {
        return x;
      }
      Shape s = x.shape();
      int inner = (int) (s.size() / s.dim(0));
      return TorchLayout.permuted(x.reshape(Shape.of(a, b, inner)), 1, 0, 2).reshape(s);
    }
  }

  /** Names and PyTorch's shapes: modules that say the same fit each other. */
  String signature() {
    var shapes = new TreeMap<String, Shape>();
    slots.forEach((local, s) -> shapes.put(local, s.torchShape()));
    return shapes.toString();
  }

  /** The modules of a model, in order; {@code channels} are those of the images that go in. */
  static List<TorchModule> of(Layer model, int channels) {
    var walk = new Walk(channels);
    walk.visit(model, "", "");
    return walk.found;
  }

  /** A walk over layers that knows how many channels an image has when it is flattened. */
  private static final class Walk {
    final List<TorchModule> found = new ArrayList<>();
    private int channels;
    private boolean flat;

    Walk(int channels) {
      this.channels = channels;
    }

    void visit(Layer l, String name, String position) {
      var slots = new TreeMap<String, Slot>();
      for (Parameter p : l.parameters()) {
        String local = p.name().substring(p.name().lastIndexOf('.') + 1);
        slots.put(local, new Slot(p, isRow(l, p) ? channels : 0));
      }
      if (!slots.isEmpty()) {
        found.add(new TorchModule(name, position, slots));
      }
      switch (l) {
        case Conv2d c -> channels = c.parameters().getFirst().shape().dim(3);
        case Flatten _ -> flat = true;
        case Linear _ -> flat = false;
        default -> {}
      }
      List<Layer> children = l.children();
      List<String> names = Names.of(children);
      for (int i = 0; i < children.size(); i++) {
        visit(children.get(i), join(name, names.get(i)), join(position, "" + i));
      }
    }

    /**
     * Rows of the weight of the first product behind a flattened image, elements of norms there.
     */
    private boolean isRow(Layer l, Parameter p) {
      boolean bias = l instanceof Linear && p.shape().rank() == 1;
      return flat && !bias && p.shape().rank() <= 2 && p.shape().dim(0) % channels == 0;
    }

    private static String join(String path, String next) {
      return path.isEmpty() ? next : path + "." + next;
    }
  }
}
