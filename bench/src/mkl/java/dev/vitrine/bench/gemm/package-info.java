/** The vector backend's matrix product against MKL's; only the Maven profile {@code mkl} has it. */
@NullMarked
package dev.vitrine.bench.gemm;

import org.jspecify.annotations.NullMarked;
