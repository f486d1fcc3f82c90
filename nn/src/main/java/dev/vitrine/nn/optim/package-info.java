/** Optimisers as pure nodes, gradient clipping and learning-rate schedules. */
@NullMarked
package dev.vitrine.nn.optim;

import org.jspecify.annotations.NullMarked;
