/** Losses: what a model's output costs, recorded on the output's tape. */
@NullMarked
package dev.vitrine.nn.loss;

import org.jspecify.annotations.NullMarked;
