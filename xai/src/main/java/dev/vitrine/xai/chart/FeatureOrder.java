package dev.vitrine.xai.chart;

/** What the features of a chart are put in descending order of. */
public enum FeatureOrder {
  /** The mean of |a|: what matters in most rows comes first. */
  MEAN,
  /** The largest |a|: what matters much in a few rows comes first. */
  MAX
}
