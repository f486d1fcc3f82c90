/** Explaining: what is explained, what towards, and what comes out. */
@NullMarked
package dev.vitrine.xai;

import org.jspecify.annotations.NullMarked;
