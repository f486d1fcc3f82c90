package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Question;
import java.util.List;
import java.util.Map;

/**
 * ∫₀¹ v(the share t of the features with the largest attributions) dt by the trapezoid rule: how
 * fast the explained number rises while they come into an empty row (Petsiuk, Das and Saenko 2018,
 * section 4.3). In the units of the explained number: from 0 to 1 for probabilities; high is good.
 *
 * @param step features that change at once
 */
public record Insertion(Removal removal, int step) implements Area {
  public Insertion {
    walk(removal, step);
  }

  private static Curve.Walk walk(Removal removal, int step) {
    return new Curve.Walk(removal, step, Order.MOST_RELEVANT_FIRST, true);
  }

  @Override
  public String name() {
    return "Insertion";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("removal", removal.toString(), "step", String.valueOf(step));
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER;
  }

  @Override
  public List<Curve> curves(Question q, Attribution a) {
    return walk(removal, step).curves(q, a);
  }
}
