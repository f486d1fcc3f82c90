package dev.vitrine.tensor.kernel;

import dev.vitrine.tensor.Shape;

/**
 * A tensor seen around one axis as [outer, n, inner]: element (o, j, i) lies at (o·n + j)·inner +
 * i.
 */
public record Fold(int outer, int n, int inner) {

  /** Around {@code axis} of {@code shape}. */
  public static Fold of(Shape shape, int axis) {
    int a = shape.axis(axis);
    return of(shape, a, a + 1);
  }

  /**
   * Around the neighbouring axes {@code from} (inclusive) to {@code to} (exclusive), taken as one.
   */
  public static Fold of(Shape shape, int from, int to) {
    return shape.fold(from, to);
  }
}
