/** The check of the CUDA backend on a machine with a GPU: bench/gpu-check. */
@NullMarked
package dev.vitrine.bench.gpu;

import org.jspecify.annotations.NullMarked;
