package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;

/**
 * A value on the tape, and where its axes are there.
 *
 * <p>Files have images as [n, c, h, w]. The tape keeps them as [n, h, w, c], as all kernels want
 * them, for as long as nobody asks for the file's order; so a network of convolutions is recorded
 * without one transposition.
 *
 * @param channels of an image whose pixels lie in a row (order {@link Order#ROW})
 */
record Live(Var v, Order order, int channels) implements Value {
  /** How the tape's axes are ordered. */
  enum Order {
    /** As the file writes them. */
    WRITTEN,
    /** [n, h, w, c] for the file's [n, c, h, w]. */
    LAST,
    /** [n, h·w·c] for the file's [n, c·h·w]: a flattened image. */
    ROW
  }

  static Live written(Var v) {
    return new Live(v, Order.WRITTEN, 0);
  }

  static Live last(Var v) {
    return new Live(v, Order.LAST, 0);
  }

  /** Another value whose axes are ordered like this one's. */
  Live with(Var other) {
    return new Live(other, order, channels);
  }

  boolean isLast() {
    return order == Order.LAST;
  }

  @Override
  public Shape shape() {
    Shape s = v.shape();
    return isLast() ? Shape.of(s.dim(0), s.dim(3), s.dim(1), s.dim(2)) : s;
  }

  /** One channel or one pixel: both orders are the same row of numbers. */
  private static boolean sameRow(Shape image) {
    return image.dim(3) == 1 || image.dim(1) == 1 && image.dim(2) == 1;
  }

  /** In the file's order. */
  Var written() {
    Shape s = v.shape();
    return switch (order) {
      case WRITTEN -> v;
      case LAST -> sameRow(s) ? v.reshape(-1, s.dim(3), s.dim(1), s.dim(2)) : v.permute(0, 3, 1, 2);
      case ROW ->
          v.reshape(-1, s.dim(1) / channels, channels).permute(0, 2, 1).reshape(-1, s.dim(1));
    };
  }

  /** An image with its channels last. */
  Var last() {
    if (isLast()) {
      return v;
    }
    Shape s = v.shape();
    return s.dim(1) == 1 || s.dim(2) == 1 && s.dim(3) == 1
        ? v.reshape(-1, s.dim(2), s.dim(3), s.dim(1))
        : written().permute(0, 2, 3, 1);
  }

  /**
   * The tape's axis that is axis {@code a} of the file; ROW values are asked for written() first.
   */
  int axis(int a) {
    int i = shape().axis(a);
    return isLast() ? new int[] {0, 3, 1, 2}[i] : i;
  }

  /** [n, c·h·w]: the tape's order stays, whoever multiplies by weights orders those instead. */
  Live row() {
    if (order == Order.ROW) {
      return this;
    }
    Shape s = v.shape();
    Var flat = s.rank() == 2 ? v : v.flatten();
    return isLast() && !sameRow(s) ? new Live(flat, Order.ROW, s.dim(3)) : written(flat);
  }

  /** This, in the file's order where it is a flattened image: for operators that name its axes. */
  Live named() {
    return order == Order.ROW ? written(written()) : this;
  }
}
