package dev.vitrine.bench.gallery;

import dev.vitrine.xai.chart.Chart;
import dev.vitrine.xai.view.Picture;

/**
 * A picture of one kind.
 *
 * @param kind the class that draws it
 * @param shows what it shows, in one sentence
 */
record Example(String kind, String shows, Picture picture) {
  /** A chart says itself what it shows. */
  static Example of(String kind, Chart chart) {
    return new Example(kind, chart.description(), chart);
  }
}
