/** Runs: training something, and a folder that holds all that came of it. */
@NullMarked
package dev.vitrine.bench.run;

import org.jspecify.annotations.NullMarked;
