package dev.vitrine.bench.run;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.lime.Lime;
import dev.vitrine.xai.lime.LimeTabular;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Replacement;
import dev.vitrine.xai.segment.Slic;
import java.util.Locale;
import java.util.Set;

/**
 * What methods compare a row with, and what takes the place of its features where a method hides
 * some.
 *
 * @param data training rows, [n, …]
 * @param missing what stands where a feature is hidden
 */
public record Reference(Tensor data, Missing missing) {
  /** Rows of training data that stand for it where a method wants a background. */
  private static final int BACKGROUND = 20;

  /** Superpixels of an image, where a method hides more than a pixel. */
  private static final int SEGMENTS = 50;

  /** What stands where a feature is hidden. */
  public enum Missing {
    ZEROS,
    DATA;

    /** As the command line says it. */
    public static Missing named(String name) {
      for (Missing m : values()) {
        if (m.toString().equals(name)) {
          return m;
        }
      }
      throw new IllegalArgumentException("--missing %s: it is zeros or data".formatted(name));
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Black in images, training rows in tables. */
  public static Reference usual(Tensor data) {
    return new Reference(data, areImages(data) ? Missing.ZEROS : Missing.DATA);
  }

  private static boolean areImages(Tensor data) {
    return data.shape().rank() == 4;
  }

  /** The first training rows. */
  Tensor background() {
    return data.rows(0, Math.min(BACKGROUND, data.shape().dim(0)));
  }

  /** Superpixels of images; pixels of images that hardly have more of these; columns. */
  Features features() {
    if (!areImages(data)) {
      return Features.each();
    }
    int pixels = data.shape().dim(1) * data.shape().dim(2);
    return pixels < 4 * SEGMENTS ? Features.pixels() : Features.segments(new Slic(SEGMENTS));
  }

  /** What takes the place of a feature. */
  Replacement replacement() {
    return missing == Missing.ZEROS ? Replacement.zero() : Replacement.background(background());
  }

  /** LIME for images or for tables; hidden pixels have the mean colour of their superpixel. */
  Explainer lime() {
    if (areImages(data)) {
      return Lime.image(features(), 0);
    }
    return missing == Missing.ZEROS
        ? Lime.image(features(), 0).replacement(replacement())
        : LimeTabular.of(data, Set.of(), 0);
  }
}
