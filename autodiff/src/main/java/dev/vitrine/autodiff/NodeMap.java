package dev.vitrine.autodiff;

import java.util.HashMap;
import java.util.Map;

/** Where each value went in a rewrite; what did not change maps to itself. */
public final class NodeMap {
  private final Map<Var, Var> twins = new HashMap<>();

  NodeMap() {}

  /** The twin of {@code v}. */
  public Var of(Var v) {
    return twins.getOrDefault(v, v);
  }

  void put(Var from, Var to) {
    if (!from.equals(to)) {
      twins.put(from, to);
    }
  }
}
