/**
 * Pictures of attributions, drawn without a display and without fonts: heatmaps, overlays and grids
 * with honest scales, saved as PNG.
 */
@NullMarked
package dev.vitrine.xai.view;

import org.jspecify.annotations.NullMarked;
