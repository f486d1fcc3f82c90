/** {@code bench/floors}: explanations beside the work that they can't do without. */
@NullMarked
package dev.vitrine.bench.floor;

import org.jspecify.annotations.NullMarked;
