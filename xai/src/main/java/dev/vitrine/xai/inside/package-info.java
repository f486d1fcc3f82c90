/** What is inside a model: its weights, what its layers hold, what they look for. */
@NullMarked
package dev.vitrine.xai.inside;

import org.jspecify.annotations.NullMarked;
