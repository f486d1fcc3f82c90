/**
 * The elementary functions of the numerical contract, as plain sequences of IEEE-754 operations
 * that every backend repeats word for word.
 */
@NullMarked
package dev.vitrine.tensor.kernel.math;

import org.jspecify.annotations.NullMarked;
