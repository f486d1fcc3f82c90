/** Small linear models of what a predictor says, fitted on the host in double. */
@NullMarked
package dev.vitrine.xai.linear;

import org.jspecify.annotations.NullMarked;
