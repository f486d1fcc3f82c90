package dev.vitrine.nn.layer;

import static dev.vitrine.nn.layer.Layers.avgPool2d;
import static dev.vitrine.nn.layer.Layers.batchNorm;
import static dev.vitrine.nn.layer.Layers.block;
import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.dropout;
import static dev.vitrine.nn.layer.Layers.elu;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.gelu;
import static dev.vitrine.nn.layer.Layers.geluTanh;
import static dev.vitrine.nn.layer.Layers.globalAvgPool2d;
import static dev.vitrine.nn.layer.Layers.layerNorm;
import static dev.vitrine.nn.layer.Layers.leakyRelu;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;
import static dev.vitrine.nn.layer.Layers.residual;
import static dev.vitrine.nn.layer.Layers.sigmoid;
import static dev.vitrine.nn.layer.Layers.silu;
import static dev.vitrine.nn.layer.Layers.softmax;
import static dev.vitrine.nn.layer.Layers.softplus;
import static dev.vitrine.nn.layer.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecificationTest {
  private static void same(String text, Layer... layers) {
    assertEquals(text, block(layers).toString());
    assertEquals(text, Specification.parse(text).toString());
    try (Model written = Model.sequential(layers);
        Model read = new Model(Specification.parse(text))) {
      assertEquals(written.parameters().toString(), read.parameters().toString());
      assertEquals(written.hash(), read.hash());
    }
  }

  @Test
  void textAndLayersSayTheSame() {
    same(
        "conv2d(1, 32, 3) relu maxPool2d(2) flatten linear(1600, 128) dropout(0.5) linear(128, 10)",
        conv2d(1, 32, 3),
        relu(),
        maxPool2d(2),
        flatten(),
        linear(1600, 128),
        dropout(0.5f),
        linear(128, 10));
    same(
        "conv2d(4, 8, 3x5, stride=2x1, padding=1x2, dilation=2, groups=4, bias=false)"
            + " avgPool2d(3, stride=2, padding=1, countPad=false) globalAvgPool2d",
        conv2d(4, 8, 3, 5).stride(2, 1).padding(1, 2).dilation(2).groups(4).bias(false),
        avgPool2d(3).stride(2).padding(1).countPad(false),
        globalAvgPool2d());
    same(
        "linear(3, 4, bias=false) batchNorm(4) batchNorm(4, epsilon=0.001, momentum=0.01)"
            + " layerNorm(4) layerNorm(2, 3, epsilon=0.5) maxPool2d(2x1) avgPool2d(2x3)",
        linear(3, 4).bias(false),
        batchNorm(4),
        batchNorm(4, 1e-3f, 0.01f),
        layerNorm(4),
        layerNorm(Shape.of(2, 3), 0.5f),
        maxPool2d(2, 1),
        avgPool2d(2, 3));
    same(
        "tanh sigmoid silu gelu geluTanh softplus softmax leakyRelu leakyRelu(slope=0.2) elu"
            + " elu(alpha=0.5)",
        tanh(),
        sigmoid(),
        silu(),
        gelu(),
        geluTanh(),
        softplus(),
        softmax(),
        leakyRelu(),
        leakyRelu(0.2f),
        elu(),
        elu(0.5f));
    same(
        "residual(conv2d(8, 8, 3, padding=1) relu residual(relu)) block(linear(2, 3) tanh)",
        residual(conv2d(8, 8, 3).padding(1), relu(), residual(relu())),
        block(linear(2, 3), tanh()));
  }

  @Test
  void blanksAndStandardValuesDoNotMatter() {
    assertEquals(
        "conv2d(1, 2, 3) relu residual(linear(2, 2))",
        Specification.parse(
                " conv2d ( 1,2 , 3x3, stride = 1,padding=0 )\n relu() residual( linear(2,2) )\t")
            .toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | character 1: a layer is expected",
        "`relu lienar(3, 4)` | character 6: lienar: no layer is called \"lienar\"",
        "`linear(3)` | character 1: linear: value 2 (out) is missing",
        "`linear(3, 4, 5)` | 3 values given, but only [in, out] are expected",
        "`relu(1)` | 1 values given, but only options are expected",
        "`linear(3, four)` | out is \"four\", a whole number is needed",
        "`linear(0, 4)` | in is 0, it must be at least 1",
        "`conv2d(1, 2, 3, pading=1)` | option \"pading\" is unknown; there is stride, padding",
        "`conv2d(1, 2, 3, stride=0)` | must be at least 1",
        "`conv2d(1, 2, 3, padding=1, padding=2)` | option \"padding\" is given twice",
        "`conv2d(1, 2, stride=2, 3)` | \"3\" has no name",
        "`conv2d(3, 4, 3, groups=2)` | 2 groups do not divide 3 input",
        "`linear(3, 4, bias=yes)` | bias=yes: true or false?",
        "`dropout(1.5)` | take one between 0 and 1",
        "`dropout(NaN)` | a number is needed",
        "`linear(3 4)` | character 10: \",\" is expected here",
        "`linear(3, 4` | character 12: \",\" is expected here",
        "`linear(3, 4))` | character 13: \")\" is not expected here",
        "`residual` | residual needs its layers in parentheses",
        "`residual()` | character 10: a layer is expected",
        "`relu; tanh` | character 5: \";\" is not expected here",
        "`maxPool2d(2, padding=2)` | more than half",
        "`linear(2147483647, 2147483647) conv2d(2147483647, 2147483647, 2147483647)` | 2^63",
      })
  void mistakesAreNamedWithTheirPlace(String text, String message) {
    var e = assertThrows(IllegalArgumentException.class, () -> Specification.parse(text));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().contains("character "), e.getMessage());
  }

  @Test
  void endlessNestingIsRefused() {
    String text = "residual(".repeat(100_000);
    var e = assertThrows(IllegalArgumentException.class, () -> Specification.parse(text));
    assertTrue(e.getMessage().contains("nested"), "the message ends with the reason");
  }
}
