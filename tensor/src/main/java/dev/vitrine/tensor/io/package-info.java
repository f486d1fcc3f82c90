/**
 * Tensors in files: npy, npz and safetensors, files that are replaced whole or not at all, and
 * hashes.
 */
@NullMarked
package dev.vitrine.tensor.io;

import org.jspecify.annotations.NullMarked;
