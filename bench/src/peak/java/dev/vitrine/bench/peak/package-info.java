/** The yardstick of comparisons: what the fma units make; only some Maven profiles have it. */
@NullMarked
package dev.vitrine.bench.peak;

import org.jspecify.annotations.NullMarked;
