/** One small example of each kind of picture, on built-in data. */
@NullMarked
package dev.vitrine.bench.gallery;

import org.jspecify.annotations.NullMarked;
