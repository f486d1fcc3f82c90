package dev.vitrine.nn.onnx;

import static java.util.Map.entry;

import dev.vitrine.autodiff.Var;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The operators by the names that ONNX gives them; their meaning is that of its Operators.md. */
final class Operators {
  private static final Map<String, Operator> RECORDED =
      Map.ofEntries(
          entry("Gemm", Products::gemm),
          entry("MatMul", Products::matMul),
          entry("Conv", Products::conv),
          entry("BatchNormalization", Norms::batchNorm),
          entry("LayerNormalization", Norms::layerNorm),
          entry("Softmax", c -> Norms.softmax(c, Var::softmax)),
          entry("LogSoftmax", c -> Norms.softmax(c, Var::logSoftmax)),
          entry("MaxPool", Pools::max),
          entry("AveragePool", Pools::average),
          entry("GlobalAveragePool", Pools::globalAverage),
          entry("GlobalMaxPool", Pools::globalMax),
          entry("ReduceMean", c -> Norms.reduce(c, Var::mean)),
          entry("ReduceSum", c -> Norms.reduce(c, Var::sum)),
          entry("Add", c -> Pairs.record(c, Var::add, Pairs::plus)),
          entry("Sub", c -> Pairs.record(c, Var::sub, Pairs::minus)),
          entry("Mul", c -> Pairs.record(c, Var::mul, Pairs::times)),
          entry("Div", c -> Pairs.record(c, Var::div, Pairs::over)),
          entry("Pow", Functions::pow),
          entry("Relu", c -> Functions.each(c, Var::relu)),
          entry("LeakyRelu", Functions::leakyRelu),
          entry("PRelu", Functions::pRelu),
          entry("Elu", Functions::elu),
          entry("Selu", Functions::selu),
          entry("Sigmoid", c -> Functions.each(c, Var::sigmoid)),
          entry("HardSigmoid", Functions::hardSigmoid),
          entry("HardSwish", Functions::hardSwish),
          entry(Patterns.SILU, c -> Functions.each(c, Var::silu)),
          entry("Tanh", c -> Functions.each(c, Var::tanh)),
          entry("Softplus", c -> Functions.each(c, Var::softplus)),
          entry("Gelu", Functions::gelu),
          entry("Erf", c -> Functions.each(c, Var::erf)),
          entry("Clip", Functions::clip),
          entry("Exp", c -> Functions.each(c, Var::exp)),
          entry("Log", c -> Functions.each(c, Var::log)),
          entry("Sqrt", c -> Functions.each(c, Var::sqrt)),
          entry("Neg", c -> Functions.each(c, Var::negate)),
          entry("Abs", c -> Functions.each(c, Var::abs)),
          entry("Reciprocal", c -> Functions.each(c, Var::reciprocal)),
          entry("Identity", c -> c.live(0)),
          entry("Dropout", c -> c.live(0)),
          entry("Cast", Functions::cast),
          entry("Shape", Shapes::shape),
          entry("Flatten", Shapes::flatten),
          entry("Reshape", Shapes::reshape),
          entry("Squeeze", Shapes::squeeze),
          entry("Unsqueeze", Shapes::unsqueeze),
          entry("Transpose", Shapes::transpose),
          entry("Concat", Shapes::concat),
          entry("Slice", Shapes::slice),
          entry("Gather", Shapes::gather),
          entry("Pad", Shapes::pad));

  private Operators() {}

  /** How an operator is recorded; null = nobody knows it. */
  static @Nullable Operator of(GraphNode n) {
    return GraphNode.isStandard(n.domain()) ? RECORDED.get(n.op()) : null;
  }

  /** True if a node can be recorded or folded. */
  static boolean knows(GraphNode n) {
    return GraphNode.isStandard(n.domain()) && (RECORDED.containsKey(n.op()) || Fold.knows(n.op()));
  }

  /** All that are known, for sentences. */
  static String names() {
    var all = new TreeSet<>(RECORDED.keySet());
    all.addAll(Fold.names());
    all.remove(Patterns.SILU);
    return String.join(", ", all);
  }
}
