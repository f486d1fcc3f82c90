/** Explainers that walk the tape backwards by other rules than the gradient's. */
@NullMarked
package dev.vitrine.xai.rule;

import org.jspecify.annotations.NullMarked;
