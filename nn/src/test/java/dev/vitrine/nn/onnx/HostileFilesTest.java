package dev.vitrine.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.io.FormatException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Damaged files are refused in a sentence, whatever is wrong with them. */
class HostileFilesTest {
  private static final int SEED = 1;

  /** A network with a bit of everything. */
  private static byte[] network() {
    return Export.of(
        RoundTripTest.drawn(
            "conv2d(2, 3, 2, padding=1) batchNorm(3) gelu residual(conv2d(3, 3, 1) silu)"
                + " maxPool2d(2) avgPool2d(2, stride=1) flatten linear(6, 3) softmax"),
        Shape.of(4, 5, 2));
  }

  /** Shapes that are computed, as exporters write them: where numbers decide about memory. */
  private static byte[] shapes() {
    return Files.of(
        Shape.of(1, 2, 3, 4),
        Shape.of(1, 12),
        g -> {
          String shape = g.node("a", "Shape", List.of("x"));
          String rows =
              g.node("b", "Gather", List.of(shape, g.wholes("b", 0)), GraphOut.with("axis", 0));
          String rest = g.wholes("c", -1);
          String to = g.node("d", "Concat", List.of(rows, rest), GraphOut.with("axis", 0));
          String zeros = g.node("e", "ConstantOfShape", List.of(g.wholes("e", 8)));
          String pads = g.node("f", "Cast", List.of(zeros), GraphOut.with("to", 7));
          String x = g.node("g", "Pad", List.of("x", pads));
          String cut =
              g.node(
                  "h", "Slice", List.of(x, g.wholes("h", 0), g.wholes("h", 2), g.wholes("h", 2)));
          String flat = g.node("i", "Reshape", List.of(cut, to));
          return g.node("j", "Softplus", List.of(flat));
        });
  }

  @Test
  void aFileCutAnywhereIsRefused() {
    for (byte[] file : List.of(network(), shapes())) {
      for (int length = 0; length < file.length; length++) {
        byte[] cut = Arrays.copyOf(file, length);
        var e = assertThrows(FormatException.class, () -> Files.read(cut), "cut at " + length);
        assertTrue(e.getMessage().startsWith("test.onnx: "), e.getMessage());
      }
    }
  }

  /** Most changes of a byte give another model or a sentence; none gives anything else. */
  @Test
  void aByteChangedAnywhereIsReadOrRefused() {
    byte[] values = {0, 5, 0x7F, (byte) 0xFF};
    for (byte[] file : List.of(network(), shapes())) {
      for (int at = 0; at < file.length; at++) {
        for (byte v : values) {
          byte[] other = file.clone();
          other[at] = v;
          readOrRefuse(other);
        }
      }
    }
  }

  @Test
  void manyBytesChangedAreReadOrRefused() {
    var random = new SplittableRandom(SEED);
    for (byte[] file : List.of(network(), shapes())) {
      for (int k = 0; k < 1000; k++) {
        byte[] other = file.clone();
        for (int i = random.nextInt(1, 8); i > 0; i--) {
          other[random.nextInt(other.length)] = (byte) random.nextInt();
        }
        readOrRefuse(other);
      }
    }
  }

  private static void readOrRefuse(byte[] file) {
    try (Model model = Files.read(file)) {
      assertTrue(model.size() <= file.length);
    } catch (FormatException e) {
      assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e.getMessage());
    }
  }

  /** A file of some bytes must not fill the memory. */
  @Test
  void smallFilesThatMeanLargeArraysAreRefused() {
    refused(
        g -> g.node("", "ConstantOfShape", List.of(g.wholes("", 1 << 20, 1 << 10))),
        "more numbers than its file can have meant");
    refused(
        g -> g.node("", "Range", List.of(scalar(g, 0), scalar(g, Long.MAX_VALUE), scalar(g, 1))),
        "more numbers than its file can have meant");
    refused(
        g -> {
          String big = g.node("", "ConstantOfShape", List.of(g.wholes("", 1 << 18)));
          for (int k = 0; k < 64; k++) {
            big = g.node("", "Concat", List.of(big, big), GraphOut.with("axis", 0));
          }
          return big;
        },
        "more numbers than its file can have meant");
    refused(
        g -> g.node("", "ConstantOfShape", List.of(g.wholes("", Long.MAX_VALUE, 2))),
        "is not possible");
    refused(
        g -> g.node("", "ConstantOfShape", List.of(g.wholes("", 1 << 30, 1 << 30, 1 << 30))), "");
  }

  private static String scalar(GraphOut g, long v) {
    return g.constant("", new Known.Whole(Shape.SCALAR, new long[] {v}));
  }

  private static void refused(
      java.util.function.Function<GraphOut, String> constant, String words) {
    byte[] file =
        Files.of(
            Shape.of(1, 4),
            Shape.of(1, 4),
            g -> {
              String c = constant.apply(g);
              return g.node("", "Add", List.of("x", g.node("", "Identity", List.of(c))));
            });
    var e = assertThrows(FormatException.class, () -> Files.read(file));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void whatIsWrongIsNamed() {
    refused("Mystery", g -> {}, "operator Mystery", "known are Abs, Add");
    assertRefused(
        Files.of(
            Shape.of(1, 4),
            Shape.of(1, 4),
            g -> g.node("fc", "Gemm", List.of("x", g.weight("w", weight(3, 2))))),
        "Gemm \"/fc/Gemm\" (opset 17)",
        "[3, 2]",
        "[3, 4]");
    assertRefused(
        Files.of(Shape.of(1, 4), Shape.of(1, 4), g -> g.node("", "Relu", List.of("y"))),
        "reads \"y\"");
    assertRefused(
        Files.of(
            Shape.of(1, 4),
            Shape.of(1),
            g -> g.node("", "ReduceMean", List.of("x"), GraphOut.with("keepdims", 0))),
        "an output for each row is needed");
    assertRefused(
        Files.of(
            Shape.of(1, 4),
            Shape.of(1, 2),
            g -> g.node("", "Reshape", List.of("x", g.wholes("", 2, 6)))),
        "its output has shape [2, 6] for 3 rows");
  }

  /** Whatever stands in a node: no inputs, numbers where there is one, words where numbers are. */
  @Test
  void everyOperatorRefusesWhatMakesNoSense() {
    List<List<String>> inputs =
        List.of(
            List.of(), List.of("x"), List.of("", ""), List.of("c", "c"), List.of("x", "c", "x"));
    Known nothing = new Known.Whole(Shape.of(0), new long[0]);
    var many = new Known.Whole(Shape.of(5), new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE});
    for (String op : (Operators.names() + ", Constant").split(", ")) {
      for (Object value : List.of(nothing, many, "word", 1e30f)) {
        for (List<String> in : inputs) {
          byte[] file =
              Files.of(
                  Shape.of(1, 2, 3, 4),
                  Shape.of(1, 4),
                  g -> {
                    String c = g.constant("", value instanceof Known k ? k : many);
                    List<String> given = in.stream().map(i -> i.equals("c") ? c : i).toList();
                    GraphOut.Attribute[] all =
                        Stream.of(
                                "axis",
                                "axes",
                                "perm",
                                "to",
                                "pads",
                                "kernel_shape",
                                "strides",
                                "dilations",
                                "group",
                                "starts",
                                "ends",
                                "start",
                                "end",
                                "alpha",
                                "min",
                                "keepdims",
                                "epsilon",
                                "value",
                                "auto_pad",
                                "mode")
                            .map(name -> GraphOut.with(name, value))
                            .toArray(GraphOut.Attribute[]::new);
                    return g.node("", op, given, all);
                  });
          readOrRefuse(file);
        }
      }
    }
  }

  private static void refused(String op, Consumer<GraphOut> before, String... words) {
    assertRefused(
        Files.of(
            Shape.of(1, 4),
            Shape.of(1, 4),
            g -> {
              before.accept(g);
              return g.node("", op, List.of("x"));
            }),
        words);
  }

  private static void assertRefused(byte[] file, String... words) {
    var e = assertThrows(FormatException.class, () -> Files.read(file));
    for (String w : words) {
      assertTrue(e.getMessage().contains(w), e.getMessage());
    }
  }

  private static Known.Real weight(int... dims) {
    Shape s = Shape.of(dims);
    return new Known.Real(s, new float[(int) s.size()]);
  }
}
