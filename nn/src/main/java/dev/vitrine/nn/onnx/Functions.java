package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Var;
import java.util.function.UnaryOperator;

/** y = f(x), element by element: the order of axes stays. */
final class Functions {
  private static final int FLOAT = 1;

  private Functions() {}

  static Value each(Call c, UnaryOperator<Var> f) {
    Live x = c.live(0);
    return x.with(f.apply(x.v()));
  }

  static Value leakyRelu(Call c) {
    float slope = c.real("alpha", 0.01f);
    return each(c, x -> x.leakyRelu(slope));
  }

  /** x where positive, else slope·x, the slope being a weight. */
  static Value pRelu(Call c) {
    if (c.shape(1).size() != 1) {
      throw c.refuse("a slope per channel is not known, one for all is; it has " + c.shape(1));
    }
    Var slope = c.weight(1, Use.OPERAND);
    return each(c, x -> x.relu().sub(x.negate().relu().mul(slope)));
  }

  static Value elu(Call c) {
    float alpha = c.real("alpha", 1);
    return each(c, x -> x.elu(alpha));
  }

  /** Klambauer et al. 2017, with the constants of the standard. */
  static Value selu(Call c) {
    float alpha = c.real("alpha", 1.67326319217681884765625f);
    float gamma = c.real("gamma", 1.05070102214813232421875f);
    return each(c, x -> x.elu(alpha).scale(gamma));
  }

  static Value hardSigmoid(Call c) {
    float alpha = c.real("alpha", 0.2f);
    float beta = c.real("beta", 0.5f);
    return each(c, x -> x.scale(alpha).shift(beta).clip(0, 1));
  }

  static Value hardSwish(Call c) {
    return each(c, x -> x.mul(x.scale(1f / 6).shift(0.5f).clip(0, 1)));
  }

  static Value gelu(Call c) {
    return switch (c.word("approximate", "none")) {
      case "none" -> each(c, Var::gelu);
      case "tanh" -> each(c, Var::geluTanh);
      default -> throw c.refuse("approximate is neither none nor tanh");
    };
  }

  /** Bounds are inputs, attributes before opset 11; an absent one does not bind. */
  static Value clip(Call c) {
    float low = c.number(1, c.real("min", Float.NEGATIVE_INFINITY));
    float high = c.number(2, c.real("max", Float.POSITIVE_INFINITY));
    return each(
        c, low == 0 && high == Float.POSITIVE_INFINITY ? Var::relu : x -> x.clip(low, high));
  }

  static Value pow(Call c) {
    if (!c.isKnown(1)) {
      throw c.refuse("its exponent is computed from the batch, a number is needed");
    }
    float exponent = c.number(1, 1);
    return each(c, x -> exponent == 2 ? x.square() : exponent == 0.5f ? x.sqrt() : x.pow(exponent));
  }

  static Value cast(Call c) {
    if (c.whole("to", 0) != FLOAT) {
      throw c.refuse(
          "values of a batch are float32, %s is asked for"
              .formatted(Literal.type(c.whole("to", 0))));
    }
    return c.live(0);
  }
}
