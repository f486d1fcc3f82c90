package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.Shape;

/** What an edge of a graph carries: known numbers, or a value on a tape. */
sealed interface Value permits Known, Live {
  /** Its extents as the file writes them. */
  Shape shape();
}
