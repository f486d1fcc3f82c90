package dev.vitrine.xai.gradient;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.FromBaseline;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import java.util.Map;

/**
 * Integrated gradients along a path that the network chooses: at each step those features move on
 * whose gradients are small, so that noise of steep places gathers less (Kapishnikov et al. 2021,
 * algorithm 1). Complete up to an error that {@code away} decides more than {@code steps}.
 *
 * @param baseline where the path starts
 * @param steps points on the path
 * @param fraction of the features that may move at once
 * @param away how far a feature may be from the straight path, in parts of it
 */
public record GuidedIntegratedGradients(Baseline baseline, int steps, double fraction, double away)
    implements FromBaseline {
  public GuidedIntegratedGradients {
    if (steps < 1 || !(fraction > 0 && fraction <= 1) || !(away >= 0)) {
      throw new IllegalArgumentException(
          "%d steps, fraction %s, distance %s: steps from 1, a fraction in (0, 1] and a distance from 0 are needed"
              .formatted(steps, fraction, away));
    }
  }

  /** 200 steps, a quarter of the features at once, at most 0.02 away from the straight path. */
  public GuidedIntegratedGradients() {
    this(Baseline.zero(), 200, 0.25, 0.02);
  }

  @Override
  public GuidedIntegratedGradients baseline(Baseline other) {
    return new GuidedIntegratedGradients(other, steps, fraction, away);
  }

  public GuidedIntegratedGradients steps(int other) {
    return new GuidedIntegratedGradients(baseline, other, fraction, away);
  }

  @Override
  public String name() {
    return "GuidedIntegratedGradients";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "baseline", baseline.toString(),
        "steps", String.valueOf(steps),
        "fraction", String.valueOf(fraction),
        "away", String.valueOf(away));
  }

  @Override
  public Attribution explain(Question q) {
    int n = q.size();
    Tensor b = baseline.rows(q.x(), q.numbers(), q.memory());
    GuidedWalk[] walks = new GuidedWalk[n];
    for (int r = 0; r < n; r++) {
      walks[r] =
          new GuidedWalk(
              b.rows(r, r + 1).toFloats(), q.x().rows(r, r + 1).toFloats(), fraction, away);
    }
    Tensor at = q.memory().floats(b.shape()).set(b);
    Question there = q.about(at);
    for (int step = 1; step <= steps; step++) {
      Tensor gradient = there.value(name(), Map.of(), r -> r.gradient(Place.input()));
      for (int r = 0; r < n; r++) {
        walks[r].step((double) step / steps, gradient.rows(r, r + 1).toFloats());
        at.rows(r, r + 1).set(walks[r].position());
      }
    }
    Tensor values = new Memory("guided integrated gradients").floats(b.shape());
    float[] fx = q.explained();
    float[] total = q.about(b).explained();
    for (int r = 0; r < n; r++) {
      values.rows(r, r + 1).set(walks[r].attribution());
      total[r] = fx[r] - total[r];
    }
    var convergence = Attribution.Convergence.of(values, total, steps);
    return q.answer(this, values, fx, convergence, null);
  }
}
