package dev.vitrine.xai.gradient;

import dev.vitrine.xai.Baseline;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From where to x, and by which points.
 *
 * @param baseline where the straight path in the input starts
 * @param rule where its points are
 * @param steps how many
 */
public record Route(Baseline baseline, Quadrature rule, int steps) {
  /** 50 Gauss–Legendre points from a baseline of zeros. */
  public Route() {
    this(Baseline.zero(), Quadrature.GAUSS_LEGENDRE, 50);
  }

  public Route baseline(Baseline other) {
    return new Route(other, rule, steps);
  }

  /** For provenance, behind what a method has of its own. */
  public Map<String, String> settings(String name, Object value) {
    Map<String, String> s = new LinkedHashMap<>();
    s.put(name, value.toString());
    s.put("baseline", baseline.toString());
    s.put("rule", rule.name());
    s.put("steps", String.valueOf(steps));
    return s;
  }
}
