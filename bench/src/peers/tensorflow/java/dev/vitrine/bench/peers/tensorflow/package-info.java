/** TensorFlow-Java as an engine of the comparison. */
@NullMarked
package dev.vitrine.bench.peers.tensorflow;

import org.jspecify.annotations.NullMarked;
