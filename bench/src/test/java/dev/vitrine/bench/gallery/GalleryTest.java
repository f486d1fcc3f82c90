package dev.vitrine.bench.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
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
  }
}
