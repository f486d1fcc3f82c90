package dev.vitrine.xai.inside;

import dev.vitrine.tensor.Shape;

/** What gradient ascent changes. */
@FunctionalInterface
public interface Parametrisation {
  /** Of rows of this shape. */
  Painting of(Shape row);

  /** Each number by itself: fine noise grows as easily as shapes. Any input will do. */
  record Pixels() implements Parametrisation {
    @Override
    public Painting of(Shape row) {
      int size = Math.toIntExact(row.size());
      return new Painting() {
        @Override
        public int size() {
          return size;
        }

        @Override
        public double[] paint(double[] parameters) {
          return parameters.clone();
        }

        @Override
        public double[] back(double[] dz) {
          return dz;
        }
      };
    }
  }

  /**
   * The spectrum of an image [h, w, c], each frequency divided by its height to the power of {@code
   * decay}: steps of equal size then draw shapes before noise (Olah, Mordvintsev and Schubert 2017,
   * "preconditioning").
   */
  record Fourier(double decay) implements Parametrisation {
    @Override
    public Painting of(Shape row) {
      if (row.rank() != 3) {
        throw new IllegalArgumentException(
            "inputs of shape %s have no spectrum: images [h, w, c] do; else use Pixels"
                .formatted(row));
      }
      return new Spectrum(row.dim(0), row.dim(1), row.dim(2), decay);
    }
  }
}
