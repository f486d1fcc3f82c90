/**
 * Experiments as small files, and whether they give the same bits again: {@code vitrine reproduce}.
 */
@NullMarked
package dev.vitrine.bench.experiment;

import org.jspecify.annotations.NullMarked;
