/** JMH benchmarks of every kernel, one class per family; {@code bench/jmh} runs them. */
@NullMarked
package dev.vitrine.bench.jmh;

import org.jspecify.annotations.NullMarked;
