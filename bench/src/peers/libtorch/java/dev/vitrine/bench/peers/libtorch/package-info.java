/** libtorch through JavaCPP as an engine of the comparison. */
@NullMarked
package dev.vitrine.bench.peers.libtorch;

import org.jspecify.annotations.NullMarked;
