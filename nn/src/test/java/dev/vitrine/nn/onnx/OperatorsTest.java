package dev.vitrine.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.nn.Inference;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.kernel.Device;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators beside loops that follow ONNX's definitions, and the order of axes on the tape. */
class OperatorsTest {
  private static final int H = 7;
  private static final int W = 6;

  /** Windows that begin and end anywhere: kernel, stride, the four pads, ceil_mode. */
  @ParameterizedTest
  @CsvSource({
    "2,2,0,0,0,0,0",
    "3,2,0,1,1,0,0",
    "3,2,1,1,1,1,1",
    "2,2,0,0,0,0,1",
    "3,3,0,0,1,1,1",
    "3,1,2,0,1,2,0"
  })
  void maxPoolLooksAtTheWindowsThatOnnxDefines(
      int k, int s, int top, int left, int bottom, int right, int ceil) throws FormatException {
    float[] got =
        run(g ->
            g.node(
                "",
                "MaxPool",
                List.of("x"),
                GraphOut.with("kernel_shape", new int[] {k, k}),
                GraphOut.with("strides", new int[] {s, s}),
                GraphOut.with("pads", new int[] {top, left, bottom, right}),
                GraphOut.with("ceil_mode", ceil)));
    float[] want = new float[got.length];
    int oh = extent(H, k, s, top, bottom, ceil);
    int ow = extent(W, k, s, left, right, ceil);
    assertEquals(2 * oh * ow, got.length);
    for (int i = 0; i < want.length; i++) {
      int c = i % 2;
      int row = i / 2 / ow * s - top;
      int column = i / 2 % ow * s - left;
      want[i] = Float.NEGATIVE_INFINITY;
      for (int h = Math.max(0, row); h < Math.min(H, row + k); h++) {
        for (int w = Math.max(0, column); w < Math.min(W, column + k); w++) {
          want[i] = Math.max(want[i], image()[(h * W + w) * 2 + c]);
        }
      }
    }
    assertArrayEquals(want, got);
  }

  private static int extent(int x, int k, int s, int before, int after, int ceil) {
    int room = x + before + after - k;
    int n = ceil == 0 ? room / s + 1 : Math.ceilDiv(room, s) + 1;
    return ceil != 0 && (n - 1) * s >= x + before ? n - 1 : n; // begins inside
  }

  /** Padding on one side only, counted or not. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void averagePoolDividesByWhatCounts(int counted) throws FormatException {
    float[] got =
        run(g ->
            g.node(
                "",
                "AveragePool",
                List.of("x"),
                GraphOut.with("kernel_shape", new int[] {3, 2}),
                GraphOut.with("pads", new int[] {1, 0, 0, 1}),
                GraphOut.with("count_include_pad", counted)));
    float[] want = new float[(H - 1) * W * 2];
    for (int i = 0; i < want.length; i++) {
      int row = i / 2 / W - 1;
      int column = i / 2 % W;
      double sum = 0;
      int n = 0;
      for (int h = Math.max(0, row); h < row + 3; h++) {
        for (int w = column; w < Math.min(W, column + 2); w++) {
          sum += image()[(h * W + w) * 2 + i % 2];
          n++;
        }
      }
      want[i] = (float) (sum / (counted == 1 ? 6 : n));
    }
    assertArrayEquals(want, got, 1e-6f); // six terms below 2, each rounded to 2^-24
  }

  @ParameterizedTest
  @CsvSource({"SAME_UPPER,1,2,1,2", "SAME_LOWER,2,1,2,1", "VALID,0,0,0,0"})
  void autoPadIsPaddingWrittenOut(String how, int top, int bottom, int left, int right)
      throws FormatException {
    Known.Real w = new Known.Real(Shape.of(3, 2, 4, 4), weights(3 * 2 * 4 * 4));
    float[] automatic =
        run(g ->
            g.node("", "Conv", List.of("x", g.weight("w", w)), GraphOut.with("auto_pad", how)));
    float[] explicit =
        run(g ->
            g.node(
                "",
                "Conv",
                List.of("x", g.weight("w", w)),
                GraphOut.with("pads", new int[] {top, left, bottom, right})));
    assertArrayEquals(explicit, automatic);
  }

  /** [n, c, h, w] of the file: element (c, h, w) of x is where the formula says. */
  @Test
  void weightsAndAxesMeanTheFilesOrder() throws FormatException {
    float[] scale = weights(2 * H * W);
    float[] got =
        run(g -> {
          var k = new Known.Real(Shape.of(2, H, W), scale);
          String flipped =
              g.node(
                  "",
                  "Slice",
                  List.of(
                      "x",
                      g.wholes("", -1),
                      g.wholes("", Long.MIN_VALUE),
                      g.wholes("", 3),
                      g.wholes("", -1)));
          return g.node("", "Mul", List.of(flipped, g.weight("w", k)));
        });
    for (int h = 0; h < H; h++) {
      for (int w = 0; w < W; w++) {
        for (int c = 0; c < 2; c++) {
          float want = image()[(h * W + W - 1 - w) * 2 + c] * scale[(c * H + h) * W + w];
          assertEquals(want, got[(h * W + w) * 2 + c]);
        }
      }
    }
  }

  @Test
  void transposeAndReshapeMoveAsTheFileSays() throws FormatException {
    float[] got =
        run(g -> {
          String t =
              g.node("", "Transpose", List.of("x"), GraphOut.with("perm", new int[] {0, 2, 1, 3}));
          return g.node("", "Reshape", List.of(t, g.wholes("", 0, -1)));
        });
    for (int i = 0; i < got.length; i++) {
      int h = i / (2 * W);
      assertEquals(image()[(h * W + i % W) * 2 + i / W % 2], got[i]);
    }
  }

  @Test
  void aRowOfConvolutionsHasNoTransposition() throws FormatException {
    byte[] file =
        Export.of(
            RoundTripTest.drawn(
                "conv2d(2, 3, 3) relu maxPool2d(2) conv2d(3, 4, 2) gelu flatten linear(4, 3)"),
            Shape.of(H, W, 2));
    assertEquals(
        List.of("Conv2d", "Relu", "MaxPool2d", "Conv2d", "Gelu", "Flatten", "Linear"),
        recorded(file, Shape.of(1, H, W, 2)));
  }

  /** Tools that have images channels last begin with a transposition; both undo each other. */
  @Test
  void imagesThatAreChannelsLastInTheFileStaySo() throws FormatException {
    Shape x = Shape.of(1, H, W, 2);
    byte[] file =
        Files.of(
            x,
            Shape.of(1, 5, 4, 3),
            g -> {
              var w = new Known.Real(Shape.of(3, 2, 3, 3), weights(54));
              String first =
                  g.node(
                      "", "Transpose", List.of("x"), GraphOut.with("perm", new int[] {0, 3, 1, 2}));
              String y = g.node("", "Conv", List.of(first, g.weight("w", w)));
              return g.node(
                  "", "Transpose", List.of(y), GraphOut.with("perm", new int[] {0, 2, 3, 1}));
            });
    assertEquals(List.of("Conv2d"), recorded(file, x));
  }

  @Test
  void productsWithARowAndSiluAreOneNodeEach() throws FormatException {
    byte[] file =
        Files.of(
            Shape.of(1, 3),
            Shape.of(1, 2),
            g -> {
              String w = g.weight("w", new Known.Real(Shape.of(3, 2), weights(6)));
              String b = g.weight("b", new Known.Real(Shape.of(2), weights(2)));
              String y = g.node("fc", "Add", List.of(b, g.node("fc", "MatMul", List.of("x", w))));
              return g.node("act", "Mul", List.of(g.node("act", "Sigmoid", List.of(y)), y));
            });
    assertEquals(List.of("Linear", "Silu"), recorded(file, Shape.of(1, 3)));
  }

  /** A GELU with √2 rounded otherwise, ½ first, is one; with a 2 in place of the 1 it is none. */
  @Test
  void geluIsKnownInBothOrdersAndOnlyAsGelu() throws FormatException {
    assertEquals(List.of("Gelu"), recorded(gelu(1), Shape.of(1, 3)));
    assertTrue(recorded(gelu(2), Shape.of(1, 3)).contains("Erf"));
  }

  private static byte[] gelu(float one) {
    return Files.of(
        Shape.of(1, 3),
        Shape.of(1, 3),
        g -> {
          String half = g.node("", "Mul", List.of("x", g.number("", 0.5f)));
          String root = g.node("", "Mul", List.of(g.number("", 0.70710677f), "x"));
          String erf = g.node("", "Erf", List.of(root));
          return g.node(
              "", "Mul", List.of(half, g.node("", "Add", List.of(g.number("", one), erf))));
        });
  }

  /** Files before opset 10, 11 and 13 name bounds, ranges and axes as attributes. */
  @Test
  void olderFilesNameTheSameAsAttributes() throws FormatException {
    float[] old =
        run(g -> {
          String x =
              g.node(
                  "",
                  "Slice",
                  List.of("x"),
                  GraphOut.with("starts", new int[] {1, -3}),
                  GraphOut.with("ends", new int[] {2, 6}),
                  GraphOut.with("axes", new int[] {1, 3}));
          String y = g.node("", "Squeeze", List.of(x), GraphOut.with("axes", new int[] {1}));
          String z =
              g.node(
                  "", "Clip", List.of(y), GraphOut.with("min", -0.5f), GraphOut.with("max", 0.1f));
          String all =
              g.node("", "Pad", List.of(z), GraphOut.with("pads", new int[] {0, 1, 0, 0, 0, 2}));
          return g.node(
              "",
              "ReduceSum",
              List.of(all),
              GraphOut.with("axes", new int[] {-1}),
              GraphOut.with("keepdims", 0));
        });
    assertEquals(H + 1, old.length);
    for (int h = -1; h < H; h++) {
      double want = 0;
      for (int w = W - 3; h >= 0 && w < W; w++) {
        want += Math.clamp(image()[(h * W + w) * 2 + 1], -0.5f, 0.1f);
      }
      assertEquals(want, old[h + 1], 1e-6); // five terms below 1
    }
  }

  private static List<String> recorded(byte[] file, Shape x) throws FormatException {
    try (Model model = Files.read(file);
        Tape tape = Tape.recording(Device.of("scalar", 1))) {
      model.record(tape.input("x", x), Mode.EVALUATION);
      return tape.nodes().stream()
          .filter(n -> !n.in().isEmpty())
          .map(Node::op)
          .map(op -> op.name())
          .toList();
    }
  }

  /** Runs nodes on one image of two channels. */
  private static float[] run(Function<GraphOut, String> nodes) throws FormatException {
    byte[] file = Files.of(Shape.of(1, 2, H, W), Shape.of(1, 1), nodes);
    try (Model model = Files.read(file)) {
      return Inference.outputs(model, Tensor.of(Shape.of(1, H, W, 2), image())).toFloats();
    }
  }

  /** [h, w, c], all different. */
  private static float[] image() {
    float[] x = new float[2 * H * W];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i * 37 % 89) / 64f - 1;
    }
    return x;
  }

  private static float[] weights(int n) {
    float[] w = new float[n];
    for (int i = 0; i < n; i++) {
      w[i] = (i * 29 % 53) / 32f - 0.75f;
    }
    return w;
  }
}
