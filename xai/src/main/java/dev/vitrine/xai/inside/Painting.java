package dev.vitrine.xai.inside;

/** How parameters make an image z = M·p, and how a gradient goes back: Mᵀ·dz. */
public interface Painting {
  /** How many parameters there are. */
  int size();

  /** z, row-major. */
  double[] paint(double[] parameters);

  /** Mᵀ·dz. */
  double[] back(double[] dz);
}
