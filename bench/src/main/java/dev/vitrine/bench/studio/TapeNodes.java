package dev.vitrine.bench.studio;

import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.ArrayList;
import java.util.List;

/** The tape of one row, node by node, with the time that each op takes alone. */
final class TapeNodes implements Answer {
  /** The least time of so many counts: the others were disturbed. */
  private static final int TIMES = 5;

  private final Lanes lanes;

  TapeNodes(Lanes lanes) {
    this.lanes = lanes;
  }

  /**
   * @param leaf nothing computes it: an input, a parameter, a constant
   * @param in indices of the nodes that it reads
   */
  record Line(
      int index,
      String op,
      String name,
      boolean leaf,
      int[] shape,
      long bytes,
      int[] in,
      double microseconds) {}

  private record Work(String exhibit) {}

  @Override
  public List<Line> to(Asked asked) {
    Exhibit exhibit = asked.exhibit();
    Tensor x = asked.x();
    return lanes.run(new Work(exhibit.name()), () -> lines(exhibit, x)).result();
  }

  private static List<Line> lines(Exhibit exhibit, Tensor x) {
    var lines = new ArrayList<Line>();
    try (Tape tape = record(exhibit, x)) {
      for (Node n : tape.nodes()) {
        lines.add(
            new Line(
                n.index(),
                n.op().name(),
                n.name(),
                n.op() instanceof Leaf,
                n.shape(0).dims(),
                n.shape(0).size() * DType.BYTES,
                n.in().stream().mapToInt(v -> v.node().index()).toArray(),
                microseconds(n, tape.device())));
      }
    }
    return lines;
  }

  /** The network of one row, with its values. */
  static Tape record(Exhibit exhibit, Tensor x) {
    Tape tape = Tape.eager(exhibit.closer().device());
    exhibit.closer().network().record(tape.input("x", x));
    return tape;
  }

  private static double microseconds(Node n, Device device) {
    List<Shape> shapes = n.in().stream().map(Var::shape).toList();
    if (n.op() instanceof Leaf || n.op().views(shapes)) {
      return 0;
    }
    try (var memory = new Memory("timed")) {
      Tensor[] in = n.in().stream().map(Var::value).toArray(Tensor[]::new);
      var out = new ArrayList<Tensor>();
      for (Var v : n.outs()) {
        out.add(memory.tensor(v.isInteger() ? DType.INT32 : DType.FLOAT32, v.shape()));
      }
      n.op().scratch(shapes).forEach(s -> out.add(memory.floats(s)));
      Tensor[] all = out.toArray(Tensor[]::new);
      long elements = shapes.stream().mapToLong(Shape::size).sum() + n.shape(0).size();
      long least = Long.MAX_VALUE;
      for (int i = 0; i < TIMES; i++) {
        long start = System.nanoTime();
        Memory.hold(() -> device.run(k -> n.op().forward(k, in, all), elements), in, all);
        least = Math.min(least, System.nanoTime() - start);
      }
      return least * 1e-3;
    }
  }
}
