/** Deep Java Library on PyTorch as an engine of the comparison. */
@NullMarked
package dev.vitrine.bench.peers.djl;

import org.jspecify.annotations.NullMarked;
