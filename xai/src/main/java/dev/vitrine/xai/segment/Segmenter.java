package dev.vitrine.xai.segment;

import dev.vitrine.tensor.Tensor;

/**
 * Cuts an image into segments; the same image gives the same segments on every machine.
 *
 * <p>A grey image has the segments of the colour image whose three channels are equal to it.
 */
public interface Segmenter {
  /**
   * The segments of one image [h, w, c], c = 1 (grey) or 3 (sRGB), with values from 0 to 1.
   *
   * @throws IllegalArgumentException for another shape, for values outside of [0, 1], and for an
   *     image with fewer pixels than the segmenter is asked for
   */
  Segments segment(Tensor image);
}
