package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Var;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A method of group op: layouts of operands that are not plain ({@code output} among them), and the
 * formula.
 */
record OpCase(Map<String, Layout> layouts, Formula formula) {
  private static final Map<String, Layout> IMAGES =
      Map.of("x", Layout.IMAGE, "output", Layout.IMAGE, "grad_output", Layout.IMAGE);

  /** output = … */
  @FunctionalInterface
  interface Formula {
    Var record(OpCall c) throws IOException;
  }

  /** Everything as it is. */
  static Map.Entry<String, OpCase> plain(String method, Formula f) {
    return Map.entry(method, new OpCase(Map.of(), f));
  }

  /** Images in, images out. */
  static Map.Entry<String, OpCase> images(String method, Formula f) {
    return Map.entry(method, new OpCase(IMAGES, f));
  }

  /** As {@link #images}, with a weight in a layout of its own. */
  static Map.Entry<String, OpCase> images(String method, Layout weight, Formula f) {
    var layouts = new HashMap<>(IMAGES);
    layouts.put("weight", weight);
    return Map.entry(method, new OpCase(Map.copyOf(layouts), f));
  }
}
