/** The documentation is a test: what its pages show is run. */
@NullMarked
package dev.vitrine.bench.docs;

import org.jspecify.annotations.NullMarked;
