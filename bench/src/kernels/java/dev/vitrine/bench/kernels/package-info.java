/**
 * Our kernels against MKL's matrix product and oneDNN's convolutions; only the Maven profile {@code
 * kernels} has it.
 */
@NullMarked
package dev.vitrine.bench.kernels;

import org.jspecify.annotations.NullMarked;
