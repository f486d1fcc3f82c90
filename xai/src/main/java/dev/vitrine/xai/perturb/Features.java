package dev.vitrine.xai.perturb;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.xai.segment.Segmenter;
import dev.vitrine.xai.segment.Segments;
import java.util.Arrays;

/** What counts as one feature of a row. Rows may differ in it: superpixels depend on the image. */
public interface Features {
  /** The features of a row […], which has no batch axis. */
  Partition of(Tensor row);

  /** Each element is a feature. */
  static Features each() {
    return new Each();
  }

  /** Each pixel of an image [h, w, c] is a feature, with all its channels. */
  static Features pixels() {
    return patches(1, 1);
  }

  /** Rectangles of so many pixels of an image [h, w, c], those at the far borders cut. */
  static Features patches(int height, int width) {
    return new Patches(height, width);
  }

  /** Superpixels of an image [h, w, c], each pixel with all its channels. */
  static Features segments(Segmenter by) {
    return new Superpixels(by);
  }

  /**
   * Elements of equal labels are a feature.
   *
   * @param labels integers in the shape of a row, or [h, w] for images [h, w, c]
   */
  static Features labelled(Tensor labels) {
    return new Labelled(labels);
  }

  /** See {@link #each}. */
  record Each() implements Features {
    @Override
    public Partition of(Tensor row) {
      return Partition.each(Math.toIntExact(row.size()));
    }

    @Override
    public String toString() {
      return "each element";
    }
  }

  /** See {@link #patches}. */
  record Patches(int height, int width) implements Features {
    public Patches {
      if (height < 1 || width < 1) {
        throw new IllegalArgumentException(
            "patches of %d x %d pixels: at least 1 x 1 is needed".formatted(height, width));
      }
    }

    @Override
    public Partition of(Tensor row) {
      Shape s = row.shape();
      if (s.rank() != 3) {
        throw new IllegalArgumentException(
            "patches of a row of shape %s: images [h, w, c] have them".formatted(s));
      }
      int across = Math.ceilDiv(s.dim(1), width);
      int[] of = new int[Math.toIntExact(s.size())];
      Arrays.setAll(
          of,
          e -> {
            int pixel = e / s.dim(2);
            return pixel / s.dim(1) / height * across + pixel % s.dim(1) / width;
          });
      return new Partition(of, across * Math.ceilDiv(s.dim(0), height));
    }

    @Override
    public String toString() {
      return height == 1 && width == 1 ? "pixels" : "patches of " + height + " x " + width;
    }
  }

  /** See {@link #segments}. */
  record Superpixels(Segmenter by) implements Features {
    @Override
    public Partition of(Tensor row) {
      Segments s = by.segment(row);
      int depth = row.shape().dim(2);
      int[] of = new int[Math.toIntExact(row.size())];
      Arrays.setAll(of, e -> s.labels()[e / depth]);
      return new Partition(of, s.count());
    }

    @Override
    public String toString() {
      return by.toString();
    }
  }

  /** See {@link #labelled}. */
  record Labelled(Tensor labels) implements Features {
    @Override
    public Partition of(Tensor row) {
      Shape s = row.shape();
      boolean pixels = s.rank() == 3 && labels.shape().equals(s.without(2));
      if (!pixels && !labels.shape().equals(s)) {
        throw new IllegalArgumentException(
            "labels %s for rows of shape %s: a label for each element is needed, or for each pixel"
                .formatted(labels.shape(), s));
      }
      int[] all = labels.toInts();
      int depth = pixels ? s.dim(2) : 1;
      int[] of = new int[Math.toIntExact(s.size())];
      Arrays.setAll(of, e -> all[e / depth]);
      return Partition.of(of);
    }

    @Override
    public String toString() {
      return "labels " + TensorHash.of(labels).substring(0, 16);
    }
  }
}
