package dev.vitrine.xai.embed;

/** Is told of each iteration while a layout is under way. */
@FunctionalInterface
public interface Progress {
  /** Nobody is told. */
  Progress SILENT = step -> {};

  /** After the gradient of an iteration is known and before points move. */
  void after(Step step);

  /** An iteration; not to be kept. */
  final class Step {
    private final int iteration;
    private final int iterations;
    private final double gradientNorm;
    private final Divergence divergence;

    Step(int iteration, int iterations, double gradientNorm, Divergence divergence) {
      this.iteration = iteration;
      this.iterations = iterations;
      this.gradientNorm = gradientNorm;
      this.divergence = divergence;
    }

    /** From 1 on. */
    public int iteration() {
      return iteration;
    }

    /** How many there will be at most. */
    public int iterations() {
      return iterations;
    }

    /** Euclidean, of all coordinates; while P is exaggerated, with that. */
    public double gradientNorm() {
      return gradientNorm;
    }

    /** KL(P‖Q) without exaggeration, computed when asked for: one logarithm for each entry of P. */
    public double divergence() {
      return divergence.value();
    }
  }
}
