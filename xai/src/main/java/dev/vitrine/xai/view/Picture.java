package dev.vitrine.xai.view;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Base64;

/** Something that can be drawn and saved. */
public interface Picture {

  /** A fresh drawing, white paper included. */
  BufferedImage image();

  /**
   * Writes the drawing as PNG; the file appears whole or not at all. The same pixels give the same
   * bytes on the same JDK.
   *
   * @throws IllegalArgumentException if the name does not end in {@code .png}
   * @throws java.io.UncheckedIOException if the file cannot be written, with the reason
   */
  default void save(Path file) {
    Png.write(png(), file);
  }

  /** The drawing as the bytes of a PNG file. */
  default byte[] png() {
    return Png.encode(image());
  }

  /**
   * The drawing as an HTML element that needs no file, for notebooks and pages.
   *
   * @param shows what who can't see it has to know
   */
  default String html(String shows) {
    return "<img src=\"data:image/png;base64,%s\" alt=\"%s\">"
        .formatted(Base64.getEncoder().encodeToString(png()), Escaped.html(shows));
  }
}
