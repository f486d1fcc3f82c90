package dev.vitrine.tensor.kernel;

/** How an image is enlarged or shrunk. */
public enum Interpolation {
  /** Output row i reads input row ⌊i·in/out⌋. */
  NEAREST,
  /**
   * Between the two nearest input rows, half-pixel centres: (i + ½)·in/out − ½, clamped at the
   * edges.
   */
  BILINEAR,
  /** As BILINEAR, corner pixels on corner pixels: i·(in − 1)/(out − 1); 0 where out is 1. */
  BILINEAR_CORNERS
}
