package dev.vitrine.xai.embed;

/**
 * Places in the plane y such that KL(P‖Q) is small: neighbours stay neighbours. P says who is whose
 * neighbour among the points ({@link Affinities}), Q ∝ 1/(1 + ‖y_i − y_j‖²) in the plane. Van der
 * Maaten and Hinton 2008; with θ &gt; 0 the approximation of van der Maaten 2014, n·log n per
 * iteration instead of n².
 *
 * <p>The same bits on every machine and with any number of threads (those of the common pool).
 * Interrupting the thread that called ends the work with a CancellationException.
 *
 * @param perplexity about how many neighbours of a point count, at most points − 1
 * @param theta 0: exact, with n² memory; else the angle of Barnes and Hut, and only the nearest 3 ·
 *     perplexity + 1 neighbours count
 * @param descent how the layout is found
 */
public record TSne(double perplexity, double theta, Descent descent) {
  /** Standard deviation of the first coordinate at the start: so small that all points attract. */
  private static final double SPREAD = 1e-4;

  public TSne {
    if (!(theta >= 0 && theta <= 1)) {
      throw new IllegalArgumentException("theta: " + theta + " given, 0 to 1 is needed");
    }
  }

  /** θ = 0.5, standard descent. */
  public TSne(double perplexity) {
    this(perplexity, 0.5, Descent.standard());
  }

  /** The same without approximation. */
  public TSne exact() {
    return new TSne(perplexity, 0, descent);
  }

  public TSne with(Descent descent) {
    return new TSne(perplexity, theta, descent);
  }

  /**
   * A finished layout.
   *
   * @param points [n, 2]
   * @param divergence KL(P‖Q) in nats, with Barnes and Hut by their approximation
   * @param iterations that it took
   */
  public record Layout(Points points, double divergence, int iterations) {}

  /** Starts from the first two principal components. */
  public Layout of(Points x) {
    return of(x, Progress.SILENT);
  }

  /** Starts from the first two principal components. */
  public Layout of(Points x, Progress progress) {
    return of(x, start(x), progress);
  }

  /**
   * Starts from a given layout [n, 2].
   *
   * @throws IllegalArgumentException for a layout of another shape, and if the perplexity is more
   *     than points − 1
   */
  public Layout of(Points x, Points start, Progress progress) {
    Divergence.check(x.count(), start);
    Affinities p =
        theta == 0 ? Affinities.exact(x, perplexity) : Affinities.ofNeighbours(x, perplexity);
    double[] y = start.values().clone();
    int iterations = descent.run(p, y, Divergence.method(theta), progress);
    var points = new Points(x.count(), 2, y);
    return new Layout(points, Divergence.of(p, points, theta).value(), iterations);
  }

  /** The first two principal components, scaled so that the first has a deviation of 1e-4. */
  static Points start(Points x) {
    Points scores = Pca.of(x, 2).project(x);
    double sum = 0;
    for (int i = 0; i < scores.count(); i++) {
      sum += scores.at(i, 0) * scores.at(i, 0);
    }
    if (sum == 0) {
      throw new IllegalArgumentException(
          "all %d points are equal: there is nothing to lay out".formatted(x.count()));
    }
    double factor = SPREAD / Math.sqrt(sum / scores.count());
    double[] y = scores.values();
    for (int i = 0; i < y.length; i++) {
      y[i] *= factor;
    }
    return new Points(x.count(), 2, y);
  }
}
