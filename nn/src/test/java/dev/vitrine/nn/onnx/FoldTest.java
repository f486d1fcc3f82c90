package dev.vitrine.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.kernel.Device;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What hangs on constants is computed as ONNX defines it. */
class FoldTest {
  /** [[0, 1, 2], [3, 4, 5]]. */
  private static final Known.Whole X =
      new Known.Whole(Shape.of(2, 3), new long[] {0, 1, 2, 3, 4, 5});

  @Test
  void gatherTakesNegativeIndicesAndPutsTheirShapeIn() throws FormatException {
    assertKnown(
        Shape.of(2, 1, 2),
        new long[] {2, 0, 5, 3},
        g -> {
          Known index = new Known.Whole(Shape.of(1, 2), new long[] {-1, 0});
          return g.node("", "Gather", List.of(x(g), g.constant("", index)), axis(1));
        });
    assertKnown(
        Shape.of(3),
        new long[] {3, 4, 5},
        g -> {
          Known index = new Known.Whole(Shape.SCALAR, new long[] {1});
          return g.node("", "Gather", List.of(x(g), g.constant("", index)));
        });
  }

  @Test
  void sliceCountsFromTheEndAndGoesBackwards() throws FormatException {
    assertKnown(
        Shape.of(2, 2),
        new long[] {5, 3, 2, 0},
        g ->
            g.node(
                "",
                "Slice",
                List.of(
                    x(g),
                    g.wholes("", -1, -1),
                    g.wholes("", Long.MIN_VALUE, Long.MIN_VALUE),
                    g.wholes("", 0, 1),
                    g.wholes("", -1, -2))));
    assertKnown(
        Shape.of(1, 3),
        new long[] {3, 4, 5},
        g -> g.node("", "Slice", List.of(x(g), g.wholes("", 1), g.wholes("", Long.MAX_VALUE))));
    assertKnown(
        Shape.of(0, 3),
        new long[] {},
        g -> g.node("", "Slice", List.of(x(g), g.wholes("", 5), g.wholes("", 2))));
  }

  @Test
  void transposeAndConcatMoveElements() throws FormatException {
    assertKnown(
        Shape.of(3, 2), new long[] {0, 3, 1, 4, 2, 5}, g -> g.node("", "Transpose", List.of(x(g))));
    assertKnown(
        Shape.of(2, 6),
        new long[] {0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5},
        g -> g.node("", "Concat", List.of(x(g), x(g)), axis(1)));
  }

  @Test
  void reshapeCopiesZerosAndWorksOutOneExtent() throws FormatException {
    assertKnown(
        Shape.of(2, 1, 3),
        X.values(),
        g -> g.node("", "Reshape", List.of(x(g), g.wholes("", 0, 1, -1))));
    assertKnown(
        Shape.of(1, 2, 3, 1),
        X.values(),
        g -> g.node("", "Unsqueeze", List.of(x(g), g.wholes("", 0, -1))));
    assertKnown(
        Shape.of(2, 3),
        X.values(),
        g ->
            g.node(
                "",
                "Squeeze",
                List.of(g.node("", "Unsqueeze", List.of(x(g), g.wholes("", 1))), g.wholes("", 1))));
  }

  @Test
  void integersAreDividedTowardsZeroAndStretched() throws FormatException {
    assertKnown(
        Shape.of(2, 3),
        new long[] {0, 0, -1, -1, -2, -2},
        g -> g.node("", "Div", List.of(x(g), g.wholes("", -2))));
    assertKnown(
        Shape.of(2, 3),
        new long[] {10, 21, 32, 13, 24, 35},
        g -> g.node("", "Add", List.of(x(g), g.wholes("", 10, 20, 30))));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> folded(g -> g.node("", "Div", List.of(x(g), g.wholes("", 0)))));
    assertTrue(e.getMessage().endsWith("an integer is divided by 0"), e.getMessage());
  }

  @Test
  void castCutsOffTowardsZero() throws FormatException {
    assertKnown(
        Shape.of(3),
        new long[] {1, -1, 0},
        g -> {
          var reals = new Known.Real(Shape.of(3), new float[] {1.9f, -1.9f, 0.5f});
          return g.node("", "Cast", List.of(g.constant("", reals)), GraphOut.with("to", 7));
        });
  }

  @Test
  void constantOfShapeExpandAndRangeFill() throws FormatException {
    assertKnown(
        Shape.of(2, 2),
        new long[] {7, 7, 7, 7},
        g ->
            g.node(
                "",
                "ConstantOfShape",
                List.of(g.wholes("", 2, 2)),
                GraphOut.with("value", Known.Whole.of(7))));
    assertKnown(
        Shape.of(2, 2),
        new long[] {1, 2, 1, 2},
        g -> g.node("", "Expand", List.of(g.wholes("", 1, 2), g.wholes("", 2, 1))));
    assertKnown(
        Shape.of(3),
        new long[] {5, 3, 1},
        g -> g.node("", "Range", List.of(single(g, 5), single(g, 0), single(g, -2))));
  }

  private static String single(GraphOut g, long v) {
    return g.constant("", new Known.Whole(Shape.SCALAR, new long[] {v}));
  }

  private static String x(GraphOut g) {
    return g.constant("", X);
  }

  private static GraphOut.Attribute axis(int axis) {
    return GraphOut.with("axis", axis);
  }

  private static void assertKnown(Shape shape, long[] values, Function<GraphOut, String> nodes)
      throws FormatException {
    Known.Whole k = folded(nodes);
    assertEquals(shape, k.shape());
    assertArrayEquals(values, k.values());
  }

  /** Writes the nodes into a file, reads it and folds them. */
  private static Known.Whole folded(Function<GraphOut, String> nodes) throws FormatException {
    byte[] file = Files.of(Shape.of(1, 1), Shape.of(1), nodes);
    Graph graph = OnnxFile.read(Wire.of("test", MemorySegment.ofArray(file)), "test").graph();
    try (Tape tape = Tape.recording(Device.of("scalar", 1))) {
      var r = new Recorder(17, 0, tape, new Weights(), Set.of(), Map.of(), 1000);
      r.run(graph.nodes());
      return (Known.Whole) r.value(graph.output());
    }
  }
}
