package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.global.Axis;
import dev.vitrine.xai.global.Feature;
import dev.vitrine.xai.global.PartialDependence;
import dev.vitrine.xai.global.PermutationImportance;
import dev.vitrine.xai.global.Score;
import dev.vitrine.xai.global.Slice;
import dev.vitrine.xai.global.SliceAnalysis;
import dev.vitrine.xai.global.TreeSurrogate;
import dev.vitrine.xai.inside.ActivationMaximisation;
import dev.vitrine.xai.inside.Activations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The module's page shows code that compiles and runs. */
class DataSetSnippetTest {

  @Test
  void itRuns() {
    long seed = 1;
    Tensor x = Nets.normal(1, 200, 4);
    Tensor images = Nets.normal(2, 20, 8, 8, 1);
    List<String> names = List.of("age", "height", "weight", "pulse");
    try (Model table = Nets.smooth();
        Model pictures = Nets.images();
        Subject s = Subject.of(table, Nets.SCALAR);
        Subject t = Subject.of(pictures, Nets.SCALAR)) {
      int[] predicted = new int[200];
      for (int r = 0; r < 200; r++) {
        predicted[r] = r % 3;
      }
      Tensor labels = Tensor.of(Shape.of(200), predicted);
      // which features matter, how, and where the model fails
      int[] order = new PermutationImportance(Score.accuracy(), 10, seed).of(s, x, labels).order();
      Feature first = Feature.of(order[0]);
      double[] curve = new PartialDependence().of(s, x, Target.of(1), first).average();
      var slices = Slice.byRange(x, Axis.quantiles(x, first, 5));
      SliceAnalysis.Result worst =
          new SliceAnalysis(Score.accuracy(), seed).of(s, x, labels, slices).getFirst();
      System.out.println(worst.slice().name() + ": " + worst.score() + " in " + worst.interval());
      System.out.println(TreeSurrogate.ofClass(s, x, 3, 10).tree().text(Feature.named(names)));
      // what a class looks like to the model, and how far a layer is asleep
      Tensor image =
          ActivationMaximisation.ofImages(seed)
              .penalties(0, 0.02)
              .of(t, Shape.of(8, 8, 1), Target.of(2))
              .images();
      int[] dead = Activations.of(t, images, Place.layer("relu1"), 50).dead();
      assertEquals(4, order.length);
      assertEquals(100, curve.length);
      assertEquals(64, image.size());
      assertTrue(dead.length <= 5);
    }
  }

  @Test
  void thePageOfTheModuleShowsThisVeryCode() throws IOException {
    String page = Files.readString(Path.of("README.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/vitrine/xai/DataSetSnippetTest.java"));
    int from = page.indexOf("// which features matter");
    String shown = page.substring(from, page.indexOf("```", from));
    assertTrue(plain(source).contains(plain(shown)), shown);
  }

  private static String plain(String code) {
    return code.replaceAll("\\s+", "");
  }
}
