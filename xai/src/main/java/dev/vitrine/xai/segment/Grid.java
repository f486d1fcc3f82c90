package dev.vitrine.xai.segment;

import dev.vitrine.tensor.Tensor;

/**
 * Rectangles whose sides differ by at most one pixel: pixel (i, j) belongs to rectangle (⌊i · rows
 * / h⌋, ⌊j · columns / w⌋).
 */
public record Grid(int rows, int columns) implements Segmenter {
  public Grid {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "grid of %d × %d: at least one row and one column are needed".formatted(rows, columns));
    }
  }

  @Override
  public Segments segment(Tensor image) {
    Pixels p = Pixels.of(image);
    if (rows > p.height() || columns > p.width()) {
      throw new IllegalArgumentException(
          "grid of %d × %d on an image of %d × %d pixels: no rectangle may be empty"
              .formatted(rows, columns, p.height(), p.width()));
    }
    int[] labels = new int[p.count()];
    for (int i = 0; i < labels.length; i++) {
      long row = (long) (i / p.width()) * rows / p.height();
      long column = (long) (i % p.width()) * columns / p.width();
      labels[i] = (int) (row * columns + column);
    }
    return Segments.of(p.height(), p.width(), labels);
  }
}
