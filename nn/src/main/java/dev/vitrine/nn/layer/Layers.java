package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Layer;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The layers by the names that {@link Specification} knows, with PyTorch's defaults. Meant for
 * static import.
 */
public final class Layers {
  /** ε of norms. */
  static final float EPSILON = 1e-5f;

  /** How fast running statistics follow. */
  static final float MOMENTUM = 0.1f;

  /** Of a leaky ReLU below zero. */
  static final float SLOPE = 0.01f;

  private Layers() {}

  // ---- with parameters

  /** Rows [n, in] to [n, out]. */
  public static Linear linear(int in, int out) {
    return new Linear(in, out);
  }

  /** Images [n, h, w, in] to [n, h', w', out] with a square kernel. */
  public static Conv2d conv2d(int in, int out, int kernel) {
    return new Conv2d(in, out, kernel, kernel);
  }

  public static Conv2d conv2d(int in, int out, int kernelHeight, int kernelWidth) {
    return new Conv2d(in, out, kernelHeight, kernelWidth);
  }

  /** Of rows [n, c] or images [n, h, w, c]. */
  public static BatchNorm batchNorm(int channels) {
    return new BatchNorm(channels, EPSILON, MOMENTUM);
  }

  public static BatchNorm batchNorm(int channels, float epsilon, float momentum) {
    return new BatchNorm(channels, epsilon, momentum);
  }

  /** Over trailing axes of these extents. */
  public static LayerNorm layerNorm(int... extents) {
    return new LayerNorm(Shape.of(extents), EPSILON);
  }

  public static LayerNorm layerNorm(Shape shape, float epsilon) {
    return new LayerNorm(shape, epsilon);
  }

  // ---- without

  public static MaxPool2d maxPool2d(int size) {
    return new MaxPool2d(size, size);
  }

  public static MaxPool2d maxPool2d(int height, int width) {
    return new MaxPool2d(height, width);
  }

  public static AvgPool2d avgPool2d(int size) {
    return new AvgPool2d(size, size);
  }

  public static AvgPool2d avgPool2d(int height, int width) {
    return new AvgPool2d(height, width);
  }

  public static GlobalAvgPool2d globalAvgPool2d() {
    return new GlobalAvgPool2d();
  }

  public static Flatten flatten() {
    return new Flatten();
  }

  /** Drops a share p of all values, in training only. */
  public static Dropout dropout(float p) {
    return new Dropout(p);
  }

  // ---- activations

  public static Activation relu() {
    return new Activation("relu", Var::relu);
  }

  /** Slope 0.01 below zero. */
  public static Activation leakyRelu() {
    return leakyRelu(SLOPE);
  }

  public static Activation leakyRelu(float slope) {
    String text = new Wording("leakyRelu").option("slope", slope, SLOPE).toString();
    return new Activation("leakyRelu", text, x -> x.leakyRelu(slope));
  }

  /** α = 1. */
  public static Activation elu() {
    return elu(1);
  }

  public static Activation elu(float alpha) {
    String text = new Wording("elu").option("alpha", alpha, 1f).toString();
    return new Activation("elu", text, x -> x.elu(alpha));
  }

  public static Activation tanh() {
    return new Activation("tanh", Var::tanh);
  }

  public static Activation sigmoid() {
    return new Activation("sigmoid", Var::sigmoid);
  }

  public static Activation silu() {
    return new Activation("silu", Var::silu);
  }

  /** x·Φ(x). */
  public static Activation gelu() {
    return new Activation("gelu", Var::gelu);
  }

  /** GELU by its tanh approximation. */
  public static Activation geluTanh() {
    return new Activation("gelu", "geluTanh", Var::geluTanh);
  }

  public static Activation softplus() {
    return new Activation("softplus", Var::softplus);
  }

  /** Over the last axis. */
  public static Activation softmax() {
    return new Activation("softmax", Var::softmax);
  }

  // ---- layers of layers

  /** x + f(x). */
  public static Residual residual(Layer... body) {
    return new Residual(new Sequential(List.of(body)));
  }

  /** A stack inside a stack, with names of its own. */
  public static Sequential block(Layer... layers) {
    return new Sequential(List.of(layers));
  }
}
