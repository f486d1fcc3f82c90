/** Explanations by rules that hold a prediction, and by examples that change it. */
@NullMarked
package dev.vitrine.xai.example;

import org.jspecify.annotations.NullMarked;
