package dev.vitrine.bench.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.Browser;
import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.tensor.kernel.Device;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gallery as a visitor has it: from files, on a phone too, with pictures that move. */
@Tag("browser")
@Tag("slow") // three networks are trained
class GalleryPageTest {
  @TempDir private Path folder;

  private static int number(Object of) {
    return ((Number) of).intValue();
  }

  @Test
  void aVisitorSeesEveryPictureAndTheMovingOnesMove() throws Exception {
    int pictures = new Gallery(Device.standard(), 7).write(RunFolder.at(folder));
    String url = folder.resolve(Gallery.PAGE).toUri().toString();
    try (Browser b = Browser.at(url, 1000, 900, _ -> {})) {
      b.look("gallery");
      assertEquals(
          pictures,
          number(b.js("return [...document.images].filter((i) => i.naturalWidth > 0).length")));
      assertEquals(pictures, number(b.js("return document.querySelectorAll('nav a').length")));
      assertEquals(
          List.of(),
          b.js(
              """
              return [...document.querySelectorAll('nav a')].map((a) => a.hash.slice(1))
                .filter((id) => !document.getElementById(id));
              """));
      // Letters of a chart have 12 of its own pixels: on a phone they must keep them.
      assertEquals(
          List.of(),
          b.js(
              """
              return [...document.images].filter((i) => i.src.endsWith('svg') && i.width < i.naturalWidth)
                .map((i) => i.src);
              """));
      b.assertQuiet(folder.toUri().toString());
      for (String name : GalleryTest.MOVING) {
        b.js("document.querySelector(arguments[0]).scrollIntoView()", "img[src='" + name + "']");
        byte[] now = b.picture("img[src='" + name + "']");
        b.until(name + " moves", () -> !Arrays.equals(now, b.picture("img[src='" + name + "']")));
      }
      byte[] still = b.picture("img[src='heatmap.png']");
      Thread.sleep(600);
      assertTrue(Arrays.equals(still, b.picture("img[src='heatmap.png']")), "what is still moves");
    }
  }
}
