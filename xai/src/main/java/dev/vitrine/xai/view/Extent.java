package dev.vitrine.xai.view;

import java.util.Arrays;

/** Height, width and channels of [h, w], [h, w, c] or a batch of one [1, h, w, c], row-major. */
record Extent(int height, int width, int channels) {

  static Extent of(String what, int values, int... shape) {
    String given = what + " of shape " + Arrays.toString(shape);
    Extent extent =
        switch (shape.length) {
          case 2 -> new Extent(shape[0], shape[1], 1);
          case 3 -> new Extent(shape[0], shape[1], shape[2]);
          case 4 -> {
            if (shape[0] != 1) {
              throw new IllegalArgumentException(
                  given + " holds " + shape[0] + " images; a picture shows one, so pass one row");
            }
            yield new Extent(shape[1], shape[2], shape[3]);
          }
          default ->
              throw new IllegalArgumentException(
                  given + " cannot be drawn; a picture needs [h, w], [h, w, c] or [1, h, w, c]");
        };
    if (extent.height < 1 || extent.width < 1 || extent.channels < 1) {
      throw new IllegalArgumentException(given + " has no pixels; every extent must be at least 1");
    }
    long wanted = (long) extent.height * extent.width * extent.channels;
    if (wanted != values) {
      throw new IllegalArgumentException(
          given + " needs " + wanted + " values, but " + values + " were given");
    }
    return extent;
  }

  /** The whole enlargement that brings the longer side close to {@code target} pixels. */
  int factorFor(int target) {
    return Math.max(1, Math.round((float) target / Math.max(height, width)));
  }
}
