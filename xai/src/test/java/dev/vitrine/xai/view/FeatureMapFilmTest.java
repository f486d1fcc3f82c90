package dev.vitrine.xai.view;

import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.layer.LayerActivation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureMapFilmTest {
  private static final Device DEVICE = Device.standard();
  private static final Place LAYER = Place.layer("relu1");
  private static final Tensor X = Nets.normal(3, 1, 6, 6, 1);

  private static Model model() {
    return Model.sequential(conv2d(1, 3, 3), relu(), flatten(), linear(48, 2)).init(5);
  }

  /** 40 rows in batches of 5: 8 steps an epoch. */
  private static FeatureMapFilm train(Model model, float rate, int every, int epochs)
      throws Exception {
    int[] labels = new int[40];
    Arrays.setAll(labels, i -> i % 2);
    Dataset data =
        Dataset.labelled(
            "drawn",
            Nets.normal(4, 40, 6, 6, 1),
            Tensor.of(Shape.of(40), labels),
            List.of("even", "odd"),
            List.of());
    var film = new FeatureMapFilm(model, DEVICE, X, LAYER, every, 2);
    new Trainer(model)
        .seed(5)
        .optimizer(Optimizer.sgd(rate, 0))
        .batch(5)
        .callback(film)
        .fit(data, epochs);
    return film;
  }

  private static int[] pixels(Picture p) {
    var i = p.image();
    return i.getRGB(0, 0, i.getWidth(), i.getHeight(), null, 0, i.getWidth());
  }

  @Test
  void aFrameAfterTheFirstStepAndAfterEverySoMany() throws Exception {
    try (Model model = model()) {
      Animation a = train(model, 0.5f, 4, 2).animation(100);
      assertEquals(5, a.frames().size(), "1, 4, 8, 12 and 16");
      assertFalse(Arrays.equals(pixels(a.frames().get(1)), pixels(a.frames().get(4))));
    }
  }

  /** All frames have one scale, so the only frame of a film is the one that can be told. */
  @Test
  void aFrameHasTheMapsOfTheNetworkAsItIsThen() throws Exception {
    try (Model model = model()) {
      // From the first step on nothing changes.
      Animation film = train(model, 0, 8, 1).animation(100);
      try (Subject now = Subject.of(model, DEVICE)) {
        Tensor held = new LayerActivation(LAYER).explain(now, X, Target.of(0)).values();
        List<Heatmap> maps = Mosaic.maps(held).subList(0, 2);
        Scale scale = Scale.percentile(99, maps.toArray(Heatmap[]::new));
        ImageGrid last =
            ImageGrid.columns("step 8", "channel 0", "channel 1")
                .row(
                    "",
                    InputImage.of(X.reshape(Shape.of(6, 6, 1))),
                    maps.get(0).withColors(ColorMap.SEQUENTIAL),
                    maps.get(1).withColors(ColorMap.SEQUENTIAL))
                .withScale(scale);
        assertArrayEquals(pixels(last), pixels(film.frames().getLast()));
      }
    }
  }

  @Test
  void whatCannotBeFilmedIsRefused() {
    try (Model model = model()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new FeatureMapFilm(model, DEVICE, Nets.normal(3, 2, 6, 6, 1), LAYER, 1, 1));
      var film = new FeatureMapFilm(model, DEVICE, X, LAYER, 1, 1);
      assertThrows(IllegalStateException.class, () -> film.animation(100));
    }
  }
}
