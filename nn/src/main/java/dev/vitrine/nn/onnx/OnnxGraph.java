package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Parameter;
import dev.vitrine.tensor.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph of an ONNX file as a layer: images come in and go out channels last, its nodes are
 * recorded under their names, its weights are parameters.
 *
 * <p>Batch norms use the statistics of the file and dropout does nothing, also in training.
 */
public final class OnnxGraph implements Layer {
  private final String file;
  private final long opset;
  private final ValueInfo input;
  private final boolean images;
  private final String output;
  private final List<GraphNode> nodes;
  private final Map<String, Known> constants;
  private final Set<String> initializers;
  private final Weights weights;
  private final long room;

  OnnxGraph(
      OnnxFile from,
      List<GraphNode> nodes,
      Map<String, Known> constants,
      Weights weights,
      long room) {
    this(
        name(from.file()),
        from.opset(),
        from.graph().input(),
        takesImages(from.graph()),
        from.graph().output(),
        nodes,
        constants,
        from.graph().initializers().keySet(),
        weights,
        room);
  }

  private OnnxGraph(
      String file,
      long opset,
      ValueInfo input,
      boolean images,
      String output,
      List<GraphNode> nodes,
      Map<String, Known> constants,
      Set<String> initializers,
      Weights weights,
      long room) {
    this.file = file;
    this.opset = opset;
    this.input = input;
    this.images = images;
    this.output = output;
    this.nodes = nodes;
    this.constants = constants;
    this.initializers = Set.copyOf(initializers);
    this.weights = weights;
    this.room = room;
  }

  private static String name(String file) {
    Path name = Path.of(file).getFileName();
    return name == null ? file : name.toString();
  }

  /** [n, c, h, w], unless all that the graph does with its input is to bring it into that order. */
  private static boolean takesImages(Graph g) {
    String name = g.input().name();
    List<GraphNode> readers = g.nodes().stream().filter(n -> n.inputs().contains(name)).toList();
    boolean last =
        !readers.isEmpty()
            && readers.stream()
                .allMatch(n ->
                    n.op().equals("Transpose")
                        && n.attributes().get("perm") instanceof Attribute perm
                        && perm.value() instanceof Known.Whole w
                        && Arrays.equals(w.values(), new long[] {0, 3, 1, 2}));
    return g.input().row().length == 3 && !last;
  }

  /** Extents of a row as the engine takes it: images [h, w, c]. */
  public Shape row() {
    int[] d = input.row();
    return images ? Shape.of(d[1], d[2], d[0]) : Shape.of(d);
  }

  @Override
  public Var forward(Var x, Mode mode) {
    Var rows = fitting(x);
    return run(recorder(rows), rows).v();
  }

  /** A recorder for the tape of x. */
  Recorder recorder(Var x) {
    return new Recorder(opset, input.batch(), x.tape(), weights, initializers, constants, room);
  }

  /** The output, its axes in the engine's order; {@code r} knows afterwards what was read. */
  Live run(Recorder r, Var x) {
    r.put(input.name(), images ? Live.last(x) : Live.written(x));
    r.run(nodes);
    if (!(r.value(output) instanceof Live y)) {
      throw new IllegalArgumentException("its output does not depend on its input");
    }
    boolean lastInFile = row().rank() == 3 && !images;
    return y.shape().rank() == 4 && !lastInFile ? Live.last(y.last()) : Live.written(y.written());
  }

  /** Rows as they are, or one-channel images where the graph takes their pixels in a row. */
  private Var fitting(Var x) {
    Shape row = row();
    Shape s = x.shape();
    if (s.rank() == row.rank() + 1 && s.without(0).equals(row)) {
      return x;
    }
    boolean pixels = s.rank() == 4 && s.dim(3) == 1 && row.rank() == 1;
    if (pixels && s.dim(1) * s.dim(2) == row.dim(0)) {
      return x.flatten();
    }
    throw new IllegalArgumentException(
        "%s takes rows of shape %s (images [h, w, c]), the input is %s".formatted(file, row, s));
  }

  @Override
  public String kind() {
    return "onnx";
  }

  @Override
  public List<Parameter> parameters() {
    return weights.parameters();
  }

  @Override
  public OnnxGraph anew() {
    return new OnnxGraph(
        file, opset, input, images, output, nodes, constants, initializers, weights.anew(), room);
  }

  /** The file it came from: its layers have no specification. */
  @Override
  public String toString() {
    return "onnx(" + file + ")";
  }
}
