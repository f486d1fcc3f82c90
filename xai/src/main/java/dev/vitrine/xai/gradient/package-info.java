/** Explainers that are gradients, or sums of gradients. */
@NullMarked
package dev.vitrine.xai.gradient;

import org.jspecify.annotations.NullMarked;
