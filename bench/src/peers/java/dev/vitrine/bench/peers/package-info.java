/** Whole workloads, ours against other engines; only the Maven profile {@code peers} has it. */
@NullMarked
package dev.vitrine.bench.peers;

import org.jspecify.annotations.NullMarked;
