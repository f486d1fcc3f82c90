package dev.vitrine.xai;

/** An explainer that attributes the difference to what a baseline gives. */
public interface FromBaseline extends Explainer {
  /** The same from another baseline. */
  FromBaseline baseline(Baseline other);

  /** What its mean over many baselines is called. */
  default String overBaselines() {
    return name() + " over baselines";
  }
}
