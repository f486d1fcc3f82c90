package dev.vitrine.bench.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
  static final List<String> MOVING = List.of("animation.png", "feature-map-film.png");

  @TempDir private Path folder;

  /** Slow: three networks are trained and a map of 300 digits is laid out. */
  @Tag("slow")
  @Test
  void thePageShowsEveryPictureOnce() throws IOException {
    int pictures = new Gallery(Device.standard(), 7).write(RunFolder.at(folder));
    String page = Files.readString(folder.resolve(Gallery.PAGE));
    var shown = Pattern.compile("src=\"([^\"]+)\"").matcher(page).results().toList();
    assertEquals(pictures, shown.size());
    assertEquals(pictures, shown.stream().map(m -> m.group(1)).distinct().count());
    for (var m : shown) {
      assertTrue(Files.isRegularFile(folder.resolve(m.group(1))), m.group(1));
      Path png = folder.resolve(m.group(1).replace(".svg", ".png"));
      assertTrue(ImageIO.read(png.toFile()).getWidth() > 100, m.group(1));
    }
    assertTrue(ImageIO.read(folder.resolve(Gallery.SHEET).toFile()).getWidth() > 1000);
    assertTrue(Files.size(folder.resolve(Gallery.SHEET)) < 1_000_000, "small enough for a README");
    for (String name : MOVING) {
      assertMoves(folder.resolve(name));
    }
  }

  /** More than one frame, and again without end. */
  private static void assertMoves(Path png) throws IOException {
    byte[] file = Files.readAllBytes(png);
    String letters = new String(file, StandardCharsets.ISO_8859_1);
    ByteBuffer control = ByteBuffer.wrap(file, letters.indexOf("acTL") + 4, 8);
    int frames = control.getInt();
    assertTrue(frames > 1, png + " has frames: " + frames);
    assertEquals(0, control.getInt(), png + ": 0 stands for without end");
    assertEquals(frames, letters.split("fcTL", -1).length - 1, png.toString());
  }
}
