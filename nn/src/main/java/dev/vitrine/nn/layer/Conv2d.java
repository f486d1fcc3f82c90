package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Init;
import dev.vitrine.nn.Inits;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Parameter;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y = x ⋆ w + b (cross-correlation) of images [n, h, w, in] with w [kh, kw, in/groups, out];
 * weights and bias start uniform in ±1/√(kh·kw·in/groups).
 */
public final class Conv2d implements Layer {
  private final int in;
  private final int out;
  private final int kh;
  private final int kw;
  private final Window window;
  private final @Nullable Init initWeight;
  private final @Nullable Init initBias;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  Conv2d(int in, int out, int kh, int kw) {
    this(in, out, kh, kw, Window.UNIT, true, null, null);
  }

  private Conv2d(
      int in,
      int out,
      int kh,
      int kw,
      Window window,
      boolean biased,
      @Nullable Init initWeight,
      @Nullable Init initBias) {
    Extents.positive("conv2d", "in", in);
    Extents.positive("conv2d", "out", out);
    Extents.positive("conv2d", "kernel height", kh);
    Extents.positive("conv2d", "kernel width", kw);
    if (in % window.groups() != 0 || out % window.groups() != 0) {
      throw new IllegalArgumentException(
          "conv2d: %d groups do not divide %d input and %d output channels evenly"
              .formatted(window.groups(), in, out));
    }
    this.in = in;
    this.out = out;
    this.kh = kh;
    this.kw = kw;
    this.window = window;
    this.initWeight = initWeight;
    this.initBias = initBias;
    Shape w = Shape.of(kh, kw, in / window.groups(), out);
    Init standard = Inits.standard(Inits.fanIn(w));
    this.weight = Parameter.trained("weight", w, initWeight == null ? standard : initWeight);
    this.bias =
        biased
            ? Parameter.trained("bias", Shape.of(out), initBias == null ? standard : initBias)
            : null;
  }

  private Conv2d with(Window other) {
    return new Conv2d(in, out, kh, kw, other, bias != null, initWeight, initBias);
  }

  /** A new layer like this one, whose window moves by h rows and w columns. */
  public Conv2d stride(int h, int w) {
    return with(window.stride(h, w));
  }

  public Conv2d stride(int both) {
    return stride(both, both);
  }

  /** A new layer like this one, with h rows of zeros above and below, w columns left and right. */
  public Conv2d padding(int h, int w) {
    return with(window.padding(h, w));
  }

  public Conv2d padding(int both) {
    return padding(both, both);
  }

  /** A new layer like this one, whose taps lie h rows and w columns apart. */
  public Conv2d dilation(int h, int w) {
    return with(window.dilation(h, w));
  }

  public Conv2d dilation(int both) {
    return dilation(both, both);
  }

  /** A new layer like this one, whose channels are in n groups that do not see each other. */
  public Conv2d groups(int n) {
    return with(window.groups(n));
  }

  /** A new layer like this one, with a bias or without. */
  public Conv2d bias(boolean wanted) {
    return new Conv2d(in, out, kh, kw, window, wanted, initWeight, initBias);
  }

  /** A new layer like this one, with first values drawn otherwise. */
  public Conv2d init(Init forWeight, Init forBias) {
    return new Conv2d(in, out, kh, kw, window, bias != null, forWeight, forBias);
  }

  @Override
  public Var forward(Var x, Mode mode) {
    return x.conv2d(window, weight.on(x), bias == null ? null : bias.on(x));
  }

  @Override
  public String kind() {
    return "conv";
  }

  @Override
  public List<Parameter> parameters() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  @Override
  public String toString() {
    return new Wording("conv2d", in, out, Wording.pair(kh, kw))
        .option("stride", Wording.pair(window.strideH(), window.strideW()), "1")
        .option("padding", Wording.pair(window.padH(), window.padW()), "0")
        .option("dilation", Wording.pair(window.dilationH(), window.dilationW()), "1")
        .option("groups", window.groups(), 1)
        .option("bias", bias != null, true)
        .toString();
  }
}
