/** Yardsticks of comparisons: clocks, warmth, spread, and what the fma units make at a moment. */
@NullMarked
package dev.vitrine.bench.measure;

import org.jspecify.annotations.NullMarked;
