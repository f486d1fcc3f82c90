package dev.vitrine.bench.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.Browser;
import dev.vitrine.tensor.kernel.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The numbers of the tour, one after the other: dloss/dw = 2(y − 1)·x = (−1, −2). */
class TapePageTest {
  private static final Device SCALAR = Device.of("scalar", 1);

  @TempDir private Path folder;

  @Test
  void everyNodeSaysWhatItReadsAndGives() throws Exception {
    String page = TapePage.ofNeuron(SCALAR);
    for (String said :
        List.of(
            "Linear of x = [1.0, 2.0], w = [2.0, -0.5], b = -0.5 gives 0.5",
            "Square of %5 = -0.5 gives 0.25",
            "FillLike[value=1.0] of the shape of %6 gives 1.0. That is the gradient towards %6",
            "of x = [1.0, 2.0], %11 = -1.0 gives [-1.0, -2.0]. That is the gradient towards w")) {
      assertTrue(page.replace("&#x3D;", "=").contains(said), said + "\n" + page);
    }
  }

  @Tag("browser")
  @Test
  void aKeyComputesOneNodeAndTheGradientsComeLast() throws Exception {
    Path file = Files.writeString(folder.resolve(TapePage.FILE), TapePage.ofNeuron(SCALAR));
    try (Browser b = Browser.at(file.toUri().toString(), 1000, 900, _ -> {})) {
      assertEquals("node 1 of 15", b.find("#step").getText());
      b.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
      assertEquals("node 4 of 15", b.find("#step").getText());
      assertEquals("0.5", b.find("#n3 .value").getText());
      assertEquals("", b.find("#n4 .value").getText());
      assertEquals("", b.find("#n3 .gradient").getText());
      b.press(Keys.ARROW_LEFT);
      assertEquals("", b.find("#n3 .value").getText());
      b.press(Keys.END, Keys.ARROW_RIGHT);
      assertEquals("node 15 of 15", b.find("#step").getText());
      assertEquals("[-1.0, -2.0]", b.find("#n1 .gradient").getText());
      assertEquals("-1.0", b.find("#n3 .gradient").getText());
      b.look("tape");
      b.assertQuiet(folder.toUri().toString());
    }
  }
}
