package dev.vitrine.bench.studio;

import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.gradient.IntegratedGradients;
import org.jspecify.annotations.Nullable;

/** A quicker form of a method, for pictures that the next movement of the pen replaces. */
final class Draft {
  /** Gauss–Legendre points of a path: one replay of one program, whatever is drawn. */
  static final int POINTS = 8;

  private Draft() {}

  /** Null if there is none. */
  static @Nullable Explainer of(Explainer method) {
    return method instanceof IntegratedGradients ig && ig.tolerance() > 0
        ? ig.tolerance(0).steps(POINTS)
        : null;
  }
}
