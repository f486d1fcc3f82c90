/** Explanations of any predictor by changing its input: which features it misses. */
@NullMarked
package dev.vitrine.xai.perturb;

import org.jspecify.annotations.NullMarked;
