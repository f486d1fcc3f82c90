package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
  private static final Heatmap MAP = Heatmap.of(new float[] {1, -2, 0, 3}, 2, 2);

  @Test
  void theFileHoldsThePixels(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("map.png");
    MAP.save(file);
    HeatmapTest.assertPixels(MAP.image(), ImageIO.read(file.toFile()));
  }

  @Test
  void theSamePixelsGiveTheSameBytes(@TempDir Path folder) throws IOException {
    MAP.save(folder.resolve("a.png"));
    Heatmap.of(new float[] {1, -2, 0, 3}, 2, 2).save(folder.resolve("b.PNG"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.png")), Files.readAllBytes(folder.resolve("b.PNG")));
  }

  @Test
  void anOldFileIsReplacedAndNothingElseIsLeft(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("map.png");
    Files.writeString(file, "old");
    MAP.save(file);
    HeatmapTest.assertPixels(MAP.image(), ImageIO.read(file.toFile()));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void whatCannotBeWrittenIsExplained(@TempDir Path folder) throws IOException {
    Path jpeg = folder.resolve("map.jpg");
    HeatmapTest.assertMessage(
        "\"" + jpeg + "\": pictures are written as PNG; give a name that ends in .png",
        () -> MAP.save(jpeg));
    Path nowhere = folder.resolve("none").resolve("map.png");
    assertFailure(
        "cannot write the picture \"%s\": the folder %s does not exist; create it first"
            .formatted(nowhere, nowhere.getParent()),
        nowhere);
    Path taken = Files.createDirectory(folder.resolve("taken.png"));
    assertFailure(
        "cannot write the picture \"%s\": a folder has that name; choose another".formatted(taken),
        taken);
  }

  private static void assertFailure(String message, Path file) {
    var thrown = assertThrows(UncheckedIOException.class, () -> MAP.save(file));
    assertEquals(message, thrown.getMessage());
  }
}
