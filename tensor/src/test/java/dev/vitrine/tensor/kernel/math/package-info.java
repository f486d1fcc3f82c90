/** The elementary functions against StrictMath in binary64, and their promises bit by bit. */
@NullMarked
package dev.vitrine.tensor.kernel.math;

import org.jspecify.annotations.NullMarked;
