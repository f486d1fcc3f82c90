package dev.vitrine.tensor.kernel.math;

import java.util.Map;

/** The one-argument functions by name. */
final class Functions {
  static final Map<String, Ulps.Function> ALL =
      Map.ofEntries(
          Map.entry("exp", Exp::exp),
          Map.entry("expm1", Exp::expm1),
          Map.entry("log", Log::log),
          Map.entry("log1p", Log::log1p),
          Map.entry("tanh", Tanh::tanh),
          Map.entry("sigmoid", Sigmoid::sigmoid),
          Map.entry("erf", Erf::erf),
          Map.entry("sin", Trig::sin),
          Map.entry("cos", Trig::cos),
          Map.entry("softplus", Softplus::softplus),
          Map.entry("silu", Silu::silu),
          Map.entry("gelu", Gelu::gelu),
          Map.entry("geluTanh", Gelu::geluTanh),
          Map.entry("relu", Relu::relu));

  private Functions() {}

  static Ulps.Function named(String name) {
    Ulps.Function f = ALL.get(name);
    if (f == null) {
      throw new IllegalArgumentException("no function \"" + name + "\": there are " + ALL.keySet());
    }
    return f;
  }
}
