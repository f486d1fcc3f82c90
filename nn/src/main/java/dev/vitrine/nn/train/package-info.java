/**
 * Training: the compiled step, the loop around it, and what is needed to go on after an
 * interruption.
 */
@NullMarked
package dev.vitrine.nn.train;

import org.jspecify.annotations.NullMarked;
