package dev.vitrine.bench.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationsTest {
  private static final Device DEVICE = Device.of("scalar", 1);

  @TempDir private Path folder;
  private final Memory memory = new Memory("test");

  private Tensor inputs() {
    Tensor x = memory.floats(Shape.of(4, 5, 5, 1));
    for (int i = 0; i < x.size(); i++) {
      x.put(i, i * 7 % 11 / 10f);
    }
    return x;
  }

  private Dataset images() {
    Tensor labels = memory.ints(Shape.of(4), 1, 1, 0, 0);
    return Dataset.labelled("squares", inputs(), labels, List.of("dark", "light"));
  }

  private static Explanations explain(Dataset data, String layers, int... rows) {
    try (Model model = new Model(Specification.parse(layers))) {
      return Explanations.of(
          model,
          data,
          Reference.usual(data.inputs()),
          rows,
          Methods.FEW,
          Target.predicted(),
          DEVICE,
          Progress.silent());
    }
  }

  @Test
  void aGridHasAPictureOfEveryRowAndMethod() throws IOException {
    Explanations e = explain(images(), "conv2d(1, 2, 3) relu flatten linear(18, 2)", 0, 2);
    assertTrue(e.areImages());
    assertEquals(Methods.FEW, List.copyOf(e.byMethod().keySet()));
    Path file = folder.resolve("grid.png");
    e.grid().save(file);
    var two = ImageIO.read(file.toFile());
    explain(images(), "flatten linear(25, 2)", 0, 1, 2, 3).grid().save(file);
    var four = ImageIO.read(file.toFile());
    assertEquals(two.getWidth(), four.getWidth());
    assertTrue(four.getHeight() > two.getHeight());
    e.overlay("saliency", 1).save(file);
    assertTrue(Files.size(file) > 0);
  }

  @Test
  void oneOutputAndDataWithoutClassesHaveCaptionsToo() throws IOException {
    explain(images(), "flatten linear(25, 1)", 0, 3).grid().save(folder.resolve("one.png"));
    var valued = Dataset.valued("v", inputs(), memory.floats(Shape.of(4, 1)), List.of());
    explain(valued, "flatten linear(25, 1)", 1).grid().save(folder.resolve("valued.png"));
    assertArrayEquals(new int[] {0}, Explanations.oneOfEach(valued));
  }

  @Test
  void theFirstRowOfEachClassStandsForIt() {
    assertArrayEquals(new int[] {2, 0}, Explanations.oneOfEach(images()));
  }

  @Test
  void aTableHasNoPictures() {
    Tensor x = memory.floats(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    var table = Dataset.labelled("t", x, memory.ints(Shape.of(2), 0, 1), List.of("a", "b"));
    assertFalse(explain(table, "linear(3, 2)", 0, 1).areImages());
  }

  @Test
  void rowsAndMethodsThatDoNotExistAreRefused() {
    Dataset data = images();
    assertThrows(IllegalArgumentException.class, () -> explain(data, "flatten linear(25, 2)", 4));
    assertThrows(
        IllegalArgumentException.class, () -> Methods.of("magic", Reference.usual(inputs())));
    Explanations e = explain(data, "flatten linear(25, 2)", 0);
    assertThrows(IllegalArgumentException.class, () -> e.overlay("magic", 0));
  }
}
