/** The kernels on the Vector API: the bits of the scalar backend, many at a time. */
@NullMarked
package dev.vitrine.tensor.kernel.vector;

import org.jspecify.annotations.NullMarked;
