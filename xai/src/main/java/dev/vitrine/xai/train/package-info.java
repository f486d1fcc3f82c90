/** Explanations that are trained on. */
@NullMarked
package dev.vitrine.xai.train;

import org.jspecify.annotations.NullMarked;
