package dev.vitrine.xai.segment;

import dev.vitrine.tensor.Tensor;

/**
 * k-means on (L*a*b* / compactness, place / step): D² = ‖Δcolour‖²/m² + ‖Δplace‖²/s², where a
 * centre competes only for pixels up to 2s away. Achanta et al. 2012, algorithm 1.
 *
 * <p>Centres start s pixels apart in a regular grid, with colour 0. A pixel goes to the nearest
 * centre, the first of equal ones. In the end {@link Pieces} makes every segment connected: pieces
 * of more than three times the average size are cut, those of less than half of it join a
 * neighbour.
 *
 * <p>The image is stretched to [0, 1] first, so brightness and contrast don't matter. Grey images
 * become L* too (scikit-image leaves them in [0, 1]: its compactness for them is a hundredth of
 * this one).
 *
 * @param segments about how many
 * @param compactness m: larger means squarer segments
 * @param sigma deviation in pixels of the Gaussian that smooths the image, 0 = none
 * @param iterations of k-means, at most
 */
public record Slic(int segments, double compactness, double sigma, int iterations)
    implements Segmenter {
  public Slic {
    Positive.need("segments", segments);
    Positive.need("compactness", compactness);
    Positive.needOrZero("sigma", sigma);
    Positive.need("iterations", iterations);
  }

  /** Compactness 10, no smoothing, 10 iterations. */
  public Slic(int segments) {
    this(segments, 10, 0, 10);
  }

  @Override
  public Segments segment(Tensor image) {
    Pixels rgb = Pixels.of(image);
    if (segments > rgb.count()) {
      throw new IllegalArgumentException(
          "%d segments of an image of %d × %d pixels: none may be empty"
              .formatted(segments, rgb.height(), rgb.width()));
    }
    Pixels colour = Gaussian.smooth(Lab.of(rgb.stretched()), sigma).times(1 / compactness);
    var means = new SlicMeans(colour, Seeds.of(rgb.height(), rgb.width(), segments));
    for (int k = 0; k < iterations && means.assign(); k++) {
      means.update();
    }
    double average = (double) rgb.count() / means.count();
    int[] labels =
        Pieces.of(
            rgb.height(), rgb.width(), means.owners(), (int) (0.5 * average), (int) (3 * average));
    return Segments.of(rgb.height(), rgb.width(), labels);
  }
}
