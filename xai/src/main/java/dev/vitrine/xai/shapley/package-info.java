/**
 * Shapley values: what each feature adds, averaged over the orders in which features become known.
 */
@NullMarked
package dev.vitrine.xai.shapley;

import org.jspecify.annotations.NullMarked;
