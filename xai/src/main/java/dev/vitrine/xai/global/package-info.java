/** What a predictor does over a whole data set: which features it uses, how, and where it fails. */
@NullMarked
package dev.vitrine.xai.global;

import org.jspecify.annotations.NullMarked;
