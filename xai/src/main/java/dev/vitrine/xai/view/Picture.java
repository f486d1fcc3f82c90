package dev.vitrine.xai.view;

import java.awt.image.BufferedImage;
import java.nio.file.Path;

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
    Png.write(image(), file);
  }
}
