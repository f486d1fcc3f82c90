package dev.vitrine.xai.chart;

/** The order in which rows of a data set stand side by side. */
public enum InstanceOrder {
  /** By f(x), the highest first. */
  OUTPUT,
  /** Rows with similar attributions side by side: the leaves of a tree of clusters. */
  SIMILARITY
}
