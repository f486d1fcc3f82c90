/**
 * The scalar kernels against second implementations that restate the numerical contract literally.
 */
@NullMarked
package dev.vitrine.tensor.kernel.scalar;

import org.jspecify.annotations.NullMarked;
