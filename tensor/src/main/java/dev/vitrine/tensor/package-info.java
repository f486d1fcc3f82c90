/** Shapes, off-heap tensors, the memory that owns them, and counter-based random numbers. */
@NullMarked
package dev.vitrine.tensor;

import org.jspecify.annotations.NullMarked;
