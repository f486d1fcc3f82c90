/**
 * Superpixels: partitions of an image into pieces of similar colour, on the host and in binary64.
 */
@NullMarked
package dev.vitrine.xai.segment;

import org.jspecify.annotations.NullMarked;
