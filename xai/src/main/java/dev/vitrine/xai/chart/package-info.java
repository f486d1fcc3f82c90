/**
 * Charts of what the library computes, one call each, as PNG or SVG: {@code Waterfall.of(a, x, row,
 * names).save(path)}. They look the same on machines without a display and without fonts.
 */
@NullMarked
package dev.vitrine.xai.chart;

import org.jspecify.annotations.NullMarked;
