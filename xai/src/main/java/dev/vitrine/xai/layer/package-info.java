/** Explainers of and by what layers inside the network hold. */
@NullMarked
package dev.vitrine.xai.layer;

import org.jspecify.annotations.NullMarked;
