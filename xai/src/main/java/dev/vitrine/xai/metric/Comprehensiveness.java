package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.List;
import java.util.Map;

/**
 * Mean over the fractions p of f(x) − v(all but the share p of the features with the largest
 * attributions): how much is lost without them (DeYoung et al. 2020, ERASER, section 4.2, AOPC of
 * equation 1; BEExAI's too). In the units of the explained number: from −1 to 1 for probabilities;
 * high is good.
 *
 * @param fractions of the features, of which at least one counts
 */
public record Comprehensiveness(Removal removal, List<Double> fractions) implements Metric {
  public Comprehensiveness {
    fractions = Fractions.checked(fractions);
  }

  /** With the fractions of the paper. */
  public Comprehensiveness(Removal removal) {
    this(removal, Fractions.ERASER);
  }

  @Override
  public String name() {
    return "Comprehensiveness";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("removal", removal.toString(), "fractions", fractions.toString());
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    return Fractions.drops(removal, fractions, Removal::without, q, a);
  }
}
