/** Weights from and to PyTorch, whose modules keep the axes of their arrays in another order. */
@NullMarked
package dev.vitrine.nn.torch;

import org.jspecify.annotations.NullMarked;
