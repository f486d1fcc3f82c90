package dev.vitrine.bench.conformance;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Attributions by the explainers of xai, as a user calls them. */
final class ExplainGroup implements Group {
  private static final Map<String, ExplainCase.Formula> METHODS = new HashMap<>();

  static {
    METHODS.putAll(GradientCases.METHODS);
    METHODS.putAll(RuleCases.METHODS);
    METHODS.putAll(LayerCases.METHODS);
    METHODS.putAll(PerturbCases.METHODS);
    METHODS.putAll(LimeCases.METHODS);
  }

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public Set<String> methods() {
    return METHODS.keySet();
  }

  @Override
  public void run(Trial trial) throws IOException {
    try (var c = new ExplainCase(trial)) {
      Objects.requireNonNull(METHODS.get(trial.golden().method())).run(c);
    }
  }
}
