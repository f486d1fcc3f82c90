package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.kernel.Window;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What the ops of golden models are in operations on {@link Var}s. */
final class ModelOps {
  private ModelOps() {}

  /** One node of a model, its attributes read: y from inputs and parameters. */
  @FunctionalInterface
  interface Step {
    Var record(List<Var> in, Map<String, Var> parameters);
  }

  /** {@code training}: batch norm normalises with the statistics of the batch. */
  static Step of(String name, String op, Json attrs, boolean training) throws IOException {
    return switch (op) {
      case "linear" -> (in, p) -> in.getFirst().linear(need(p, "weight"), p.get("bias"));
      case "conv2d" -> {
        Window window = Windows.of(attrs);
        yield (in, p) -> in.getFirst().conv2d(window, need(p, "weight"), p.get("bias"));
      }
      case "batchnorm1d", "batchnorm2d" -> {
        float epsilon = attrs.real("eps");
        yield training
            ? (in, p) -> in.getFirst().batchNormTrain(need(p, "weight"), need(p, "bias"), epsilon)
            : (in, p) -> batchNorm(in.getFirst(), p, epsilon);
      }
      case "relu" -> (in, p) -> in.getFirst().relu();
      case "tanh" -> (in, p) -> in.getFirst().tanh();
      case "sigmoid" -> (in, p) -> in.getFirst().sigmoid();
      case "silu" -> (in, p) -> in.getFirst().silu();
      case "softplus" -> (in, p) -> in.getFirst().softplus();
      case "gelu" ->
          attrs.text("approximate", "none").equals("tanh")
              ? (in, p) -> in.getFirst().geluTanh()
              : (in, p) -> in.getFirst().gelu();
      case "elu" -> {
        float alpha = attrs.real("alpha");
        yield (in, p) -> in.getFirst().elu(alpha);
      }
      case "leaky_relu" -> {
        float slope = attrs.real("slope");
        yield (in, p) -> in.getFirst().leakyRelu(slope);
      }
      case "maxpool2d" -> {
        int[] k = attrs.ints("kernel");
        Window window = Windows.of(attrs);
        yield (in, p) -> in.getFirst().maxPool2d(k[0], k[1], window);
      }
      case "avgpool2d" -> {
        int[] k = attrs.ints("kernel");
        Window window = Windows.of(attrs);
        boolean countPad = attrs.flag("count_include_pad", true);
        yield (in, p) -> in.getFirst().avgPool2d(k[0], k[1], window, countPad);
      }
      case "global_avgpool2d" -> (in, p) -> globalAvgPool(in.getFirst());
      case "flatten" -> (in, p) -> flatten(in.getFirst());
      case "add" -> (in, p) -> in.stream().reduce(Var::add).orElseThrow();
      case "dropout" -> (in, p) -> in.getFirst();
      default ->
          throw new FormatException(
              attrs.file().toString(), "node \"" + name + "\" has the unknown op \"" + op + "\"");
    };
  }

  static Var globalAvgPool(Var x) {
    return x.avgPool2d(x.shape().dim(1), x.shape().dim(2), Window.UNIT, true);
  }

  /** The golden files count features channel by channel. */
  private static Var flatten(Var x) {
    return (x.shape().rank() == 4 ? x.permute(0, 3, 1, 2) : x).flatten();
  }

  private static Var batchNorm(Var x, Map<String, Var> p, float epsilon) {
    return x.batchNorm(
        need(p, "weight"),
        need(p, "bias"),
        need(p, "running_mean"),
        need(p, "running_var"),
        epsilon);
  }

  static Var need(Map<String, Var> parameters, String name) {
    Var v = parameters.get(name);
    if (v == null) {
      throw new IllegalArgumentException("parameter \"" + name + "\" is missing");
    }
    return v;
  }
}
