/** Local surrogates: a small linear model of what a predictor says around a row. */
@NullMarked
package dev.vitrine.xai.lime;

import org.jspecify.annotations.NullMarked;
