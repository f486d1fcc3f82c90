/** Kernels on NVIDIA GPUs: CUDA's driver and its run-time compiler, through bytedeco's presets. */
@NullMarked
package dev.vitrine.cuda;

import org.jspecify.annotations.NullMarked;
