package dev.vitrine.cuda;

import dev.vitrine.tensor.kernel.Chain;

/**
 * A chain of functions as a kernel of its own: what lies between its links stays in registers. The
 * links' parameters are arguments, so chains that differ in them alone are one kernel.
 */
final class ChainSource {
  private ChainSource() {}

  /** {@code single}: which inputs are one number. */
  static String of(Chain c, boolean[] single) {
    int links = c.links().size();
    var text =
        new StringBuilder("#include \"common.h\"\n#include \"functions.h\"\n\nstruct Chain {\n");
    text.append("  const float* x[%d];\n  float* y;\n  Int n;\n".formatted(c.inputs()));
    text.append("  Real p[%d], q[%d];\n};\n\n".formatted(links, links));
    text.append("extern \"C\" __global__ void chain(Chain a) {\n  EACH(i, a.n) {\n");
    for (int k = 0; k < c.inputs(); k++) {
      line(text, k, "a.x[%d][%s]".formatted(k, single[k] ? "0" : "i"));
    }
    for (int k = 0; k < links; k++) {
      line(text, c.inputs() + k, link(c.links().get(k), k));
    }
    return text.append("    a.y[i] = v%d;\n  }\n}\n".formatted(c.inputs() + links - 1)).toString();
  }

  private static void line(StringBuilder text, int k, String value) {
    text.append("    const float v%d = %s;\n".formatted(k, value));
  }

  private static String link(Chain.Link link, int k) {
    return switch (link) {
      case Chain.Map m ->
          "unary(%d, a.p[%d], a.q[%d], v%d)".formatted(m.f().ordinal(), k, k, m.a());
      case Chain.Zip z -> "binary(%d, v%d, v%d)".formatted(z.f().ordinal(), z.a(), z.b());
      case Chain.Choose x -> "v%d != 0 ? v%d : v%d".formatted(x.a(), x.b(), x.c());
    };
  }
}
