package dev.vitrine.nn.onnx;

import static dev.vitrine.nn.onnx.GraphOut.with;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.op.Abs;
import dev.vitrine.autodiff.op.Affine;
import dev.vitrine.autodiff.op.Clip;
import dev.vitrine.autodiff.op.Elu;
import dev.vitrine.autodiff.op.Erf;
import dev.vitrine.autodiff.op.Exp;
import dev.vitrine.autodiff.op.Gelu;
import dev.vitrine.autodiff.op.GeluTanh;
import dev.vitrine.autodiff.op.LeakyRelu;
import dev.vitrine.autodiff.op.Log;
import dev.vitrine.autodiff.op.Negate;
import dev.vitrine.autodiff.op.Over;
import dev.vitrine.autodiff.op.Pow;
import dev.vitrine.autodiff.op.Reciprocal;
import dev.vitrine.autodiff.op.Relu;
import dev.vitrine.autodiff.op.Scale;
import dev.vitrine.autodiff.op.Shift;
import dev.vitrine.autodiff.op.Sigmoid;
import dev.vitrine.autodiff.op.Silu;
import dev.vitrine.autodiff.op.Softplus;
import dev.vitrine.autodiff.op.Sqrt;
import dev.vitrine.autodiff.op.Square;
import dev.vitrine.autodiff.op.Tanh;
import java.util.List;

/** y = f(x), element by element, in the operators of ONNX: one, or several that mean it. */
final class FunctionsOut {
  private static final float ROOT_2 = 1.4142135f;

  private final GraphOut out;

  FunctionsOut(GraphOut out) {
    this.out = out;
  }

  private String node(Node n, String op, String x, GraphOut.Attribute... attributes) {
    return out.node(n.name(), op, List.of(x), attributes);
  }

  /** Writes what computes f(x); the name of it. */
  String of(Node n, String x) {
    String layer = n.name();
    return switch (n.op()) {
      case Relu _ -> node(n, "Relu", x);
      case LeakyRelu l -> node(n, "LeakyRelu", x, with("alpha", l.negative()));
      case Elu e -> node(n, "Elu", x, with("alpha", e.alpha()));
      case Tanh _ -> node(n, "Tanh", x);
      case Sigmoid _ -> node(n, "Sigmoid", x);
      case Softplus _ -> node(n, "Softplus", x);
      case Erf _ -> node(n, "Erf", x);
      case Exp _ -> node(n, "Exp", x);
      case Log _ -> node(n, "Log", x);
      case Sqrt _ -> node(n, "Sqrt", x);
      case Square _ -> out.node(layer, "Mul", List.of(x, x));
      case Abs _ -> node(n, "Abs", x);
      case Negate _ -> node(n, "Neg", x);
      case Reciprocal _ -> node(n, "Reciprocal", x);
      case Pow p -> number(layer, "Pow", x, p.exponent());
      case Silu _ -> out.node(layer, "Mul", List.of(x, node(n, "Sigmoid", x)));
      case Gelu _ -> gelu(n, x);
      case GeluTanh _ -> {
        out.needs(20); // the first that has one operator for it
        yield node(n, "Gelu", x, with("approximate", "tanh"));
      }
      case Clip c ->
          out.node(
              layer, "Clip", List.of(x, out.number(layer, c.low()), out.number(layer, c.high())));
      case Scale s -> number(layer, "Mul", x, s.factor());
      case Shift s -> number(layer, "Add", x, s.offset());
      case Over o -> number(layer, "Div", x, o.divisor());
      case Affine a -> number(layer, "Add", number(layer, "Mul", x, a.factor()), a.offset());
      case Op o -> throw ValuesOut.refuse(n, o.name());
    };
  }

  private String number(String layer, String op, String x, float k) {
    return out.node(layer, op, List.of(x, out.number(layer, k)));
  }

  /** ½·x·(1 + erf(x/√2)) in the five nodes that importers know. */
  private String gelu(Node n, String x) {
    String layer = n.name();
    String plus = number(layer, "Add", node(n, "Erf", number(layer, "Div", x, ROOT_2)), 1);
    return number(layer, "Mul", out.node(layer, "Mul", List.of(x, plus)), 0.5f);
  }
}
