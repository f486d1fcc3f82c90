package dev.vitrine.nn.layer;

import static java.util.Map.entry;

import dev.vitrine.nn.Layer;
import dev.vitrine.tensor.Shape;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The layers that {@link Specification} can name, each with what it reads from its arguments. */
final class Catalog {
  private static final Map<String, Function<Arguments, Layer>> READERS =
      new TreeMap<>(
          Map.ofEntries(
              entry("linear", Catalog::linear),
              entry("conv2d", Catalog::conv2d),
              entry("batchNorm", Catalog::batchNorm),
              entry("layerNorm", Catalog::layerNorm),
              entry("maxPool2d", Catalog::maxPool2d),
              entry("avgPool2d", Catalog::avgPool2d),
              entry("globalAvgPool2d", a -> Layers.globalAvgPool2d()),
              entry("flatten", a -> Layers.flatten()),
              entry("dropout", a -> Layers.dropout(a.real("p"))),
              entry("relu", a -> Layers.relu()),
              entry("leakyRelu", a -> Layers.leakyRelu(a.real("slope", Layers.SLOPE))),
              entry("elu", a -> Layers.elu(a.real("alpha", 1f))),
              entry("tanh", a -> Layers.tanh()),
              entry("sigmoid", a -> Layers.sigmoid()),
              entry("silu", a -> Layers.silu()),
              entry("gelu", a -> Layers.gelu()),
              entry("geluTanh", a -> Layers.geluTanh()),
              entry("softplus", a -> Layers.softplus()),
              entry("softmax", a -> Layers.softmax())));

  private Catalog() {}

  /** The layer of this name. */
  static Layer make(String name, Arguments a) {
    Function<Arguments, Layer> reader = READERS.get(name);
    if (reader == null) {
      throw new IllegalArgumentException(
          "no layer is called \"%s\"; there are block, residual, %s"
              .formatted(name, String.join(", ", READERS.keySet())));
    }
    Layer layer = reader.apply(a);
    a.done();
    return layer;
  }

  private static Layer linear(Arguments a) {
    return Layers.linear(a.whole("in"), a.whole("out")).bias(a.flag("bias", true));
  }

  private static Layer conv2d(Arguments a) {
    int in = a.whole("in");
    int out = a.whole("out");
    int[] kernel = a.pair("kernel");
    Conv2d c = Layers.conv2d(in, out, kernel[0], kernel[1]);
    int[] stride = a.pair("stride", 1, 1);
    int[] padding = a.pair("padding", 0, 0);
    int[] dilation = a.pair("dilation", 1, 1);
    return c.stride(stride[0], stride[1])
        .padding(padding[0], padding[1])
        .dilation(dilation[0], dilation[1])
        .groups(a.whole("groups", 1))
        .bias(a.flag("bias", true));
  }

  private static Layer batchNorm(Arguments a) {
    return Layers.batchNorm(
        a.whole("channels"),
        a.real("epsilon", Layers.EPSILON),
        a.real("momentum", Layers.MOMENTUM));
  }

  private static Layer layerNorm(Arguments a) {
    return Layers.layerNorm(Shape.of(a.wholes("extent")), a.real("epsilon", Layers.EPSILON));
  }

  private static Layer maxPool2d(Arguments a) {
    int[] size = a.pair("size");
    int[] stride = a.pair("stride", size);
    int[] padding = a.pair("padding", 0, 0);
    return Layers.maxPool2d(size[0], size[1])
        .stride(stride[0], stride[1])
        .padding(padding[0], padding[1]);
  }

  private static Layer avgPool2d(Arguments a) {
    int[] size = a.pair("size");
    int[] stride = a.pair("stride", size);
    int[] padding = a.pair("padding", 0, 0);
    return Layers.avgPool2d(size[0], size[1])
        .stride(stride[0], stride[1])
        .padding(padding[0], padding[1])
        .countPad(a.flag("countPad", true));
  }
}
