/** Models: parameters, how they are drawn, and how a stack of layers is recorded on a tape. */
@NullMarked
package dev.vitrine.nn;

import org.jspecify.annotations.NullMarked;
