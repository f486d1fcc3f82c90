/**
 * The numerical contract in executable form: plain loops that every other backend repeats bit for
 * bit.
 */
@NullMarked
package dev.vitrine.tensor.kernel.scalar;

import org.jspecify.annotations.NullMarked;
