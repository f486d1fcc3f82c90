package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Replacement;
import java.util.List;
import java.util.Map;

/**
 * ∫₀¹ f(x with the share t of its pixels flipped) dt by the trapezoid rule, the unchanged row
 * included (Bach et al. 2015, on LRP). A pixel is flipped to the end of the range that is farther
 * away. In the units of the explained number. With the most relevant pixels first low is good, with
 * the least relevant ones high.
 *
 * @param step features that flip at once
 */
public record PixelFlipping(Removal removal, int step, Order order) implements Area {
  public PixelFlipping {
    walk(removal, step, order);
  }

  /** Pixels of images with values from {@code low} to {@code high}, the most relevant first. */
  public static PixelFlipping of(float low, float high, int step) {
    var flipped = Replacement.of(Baseline.farthest(low, high));
    return new PixelFlipping(
        new Removal(Features.pixels(), flipped), step, Order.MOST_RELEVANT_FIRST);
  }

  private static Curve.Walk walk(Removal removal, int step, Order order) {
    return new Curve.Walk(removal, step, order, false);
  }

  @Override
  public String name() {
    return "PixelFlipping";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "removal", removal.toString(), "step", String.valueOf(step), "order", order.toString());
  }

  @Override
  public Direction direction() {
    return order == Order.MOST_RELEVANT_FIRST ? Direction.LOWER : Direction.HIGHER;
  }

  @Override
  public List<Curve> curves(Question q, Attribution a) {
    return walk(removal, step, order).curves(q, a);
  }
}
