/** The live page: a model that answers, and says why, while one draws. */
@NullMarked
package dev.vitrine.bench.studio;

import org.jspecify.annotations.NullMarked;
