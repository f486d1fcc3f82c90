package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Question;
import java.util.List;
import java.util.Map;

/**
 * ∫₀¹ v(all but the share t of the features with the largest attributions) dt by the trapezoid
 * rule: how fast the explained number falls while they are taken away (Petsiuk, Das and Saenko
 * 2018, section 4.3). In the units of the explained number: from 0 to 1 for probabilities; low is
 * good.
 *
 * @param step features that change at once
 */
public record Deletion(Removal removal, int step) implements Area {
  public Deletion {
    walk(removal, step);
  }

  private static Curve.Walk walk(Removal removal, int step) {
    return new Curve.Walk(removal, step, Order.MOST_RELEVANT_FIRST, false);
  }

  @Override
  public String name() {
    return "Deletion";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("removal", removal.toString(), "step", String.valueOf(step));
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public List<Curve> curves(Question q, Attribution a) {
    return walk(removal, step).curves(q, a);
  }
}
