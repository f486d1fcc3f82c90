/** Points of many dimensions seen in few: PCA and t-SNE, on the host and in binary64. */
@NullMarked
package dev.vitrine.xai.embed;

import org.jspecify.annotations.NullMarked;
