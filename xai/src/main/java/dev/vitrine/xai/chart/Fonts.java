package dev.vitrine.xai.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * DejaVu Sans from the jar, so that a chart has the same letters on any machine: Latin, Greek and
 * the signs of mathematics. A character outside of them is drawn as an empty box.
 *
 * <p>The two files are cut out of DejaVu 2.37 with {@code pyftsubset --no-hinting
 * --layout-features=}.
 */
final class Fonts {
  /** Which file of names and faces the JDK reads instead of asking libfontconfig. */
  private static final String FACES = "sun.awt.fontconfig";

  /** What letters are measured for: smooth edges, widths that are not rounded to pixels. */
  static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);

  static final Font PLAIN = load("DejaVuSans.ttf");
  static final Font BOLD = load("DejaVuSans-Bold.ttf");

  private Fonts() {}

  /** How many pixels a line of text takes. */
  static double width(String text, Font font) {
    return text.isEmpty() ? 0 : font.getStringBounds(text, SMOOTH).getWidth();
  }

  private static Font load(String file) {
    try {
      return measured(file);
    } catch (RuntimeException _) {
      // Without libfontconfig the JDK finds no fonts at all and gives up ("Fontconfig head is
      // null"), even over one that it is handed. A list without faces is enough for it to begin;
      // once it has begun, it reads the list no more.
      return withoutFontconfig(file);
    }
  }

  private static Font withoutFontconfig(String file) {
    if (System.getProperty(FACES) != null) {
      return measured(file);
    }
    try {
      Path faces = Files.createTempFile("vitrine-fonts", ".properties");
      try {
        Files.writeString(faces, "version=1\nsequence.allfonts=default\n");
        System.setProperty(FACES, faces.toString());
        return measured(file);
      } finally {
        System.clearProperty(FACES);
        Files.delete(faces);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file for the JDK's fonts", e);
    }
  }

  /** Measuring is what wakes the JDK's fonts up. */
  private static Font measured(String file) {
    try (InputStream in = Fonts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks the font " + file);
      }
      Font font = Font.createFont(Font.TRUETYPE_FONT, in);
      font.deriveFont(12f).getStringBounds("x", SMOOTH);
      return font;
    } catch (IOException | FontFormatException e) {
      throw new IllegalStateException("the font " + file + " cannot be read", e);
    }
  }
}
