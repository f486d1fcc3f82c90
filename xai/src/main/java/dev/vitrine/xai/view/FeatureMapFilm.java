package dev.vitrine.xai.view;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.train.Callback;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.layer.LayerActivation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the channels of a layer hold of one image while a network learns: a frame after the first
 * step and after every so many more. {@code trainer.callback(film)}, then {@code
 * film.animation(250).save(path)}.
 */
public final class FeatureMapFilm implements Callback {
  private final Model model;
  private final Device device;
  private final Place layer;
  private final Tensor x;
  private final int every;
  private final int channels;
  private final List<Shot> shots = new ArrayList<>();
  private int steps;

  private record Shot(int step, List<Heatmap> maps) {}

  /**
   * Nothing is recorded yet.
   *
   * @param x the image, [1, h, w, c]; it is looked at while the network learns
   * @param layer one that gives [1, h, w, channels]
   * @param every steps from frame to frame
   * @param channels how many are shown at most, the first ones
   */
  public FeatureMapFilm(
      Model model, Device device, Tensor x, Place layer, int every, int channels) {
    if (x.shape().rank() != 4 || x.shape().dim(0) != 1 || every < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "a film of %d channels of %s, a frame every %d steps: one image [1, h, w, c], and at least 1 of each are needed"
              .formatted(channels, x.shape(), every));
    }
    this.model = model;
    this.device = device;
    this.x = x;
    this.layer = layer;
    this.every = every;
    this.channels = channels;
  }

  @Override
  public void step(Moment s) {
    steps++;
    if (steps == 1 || steps % every == 0) {
      try (Subject now = Subject.of(model, device)) {
        Tensor held = new LayerActivation(layer).explain(now, x, Target.of(0)).values();
        List<Heatmap> all = Mosaic.maps(held);
        shots.add(new Shot(steps, all.subList(0, Math.min(channels, all.size()))));
      }
    }
  }

  /** All frames with one scale, from the image to the maps. */
  public Animation animation(int millis) {
    if (shots.isEmpty()) {
      throw new IllegalStateException("nothing was filmed; train with callback(film) first");
    }
    Heatmap[] all = shots.stream().flatMap(s -> s.maps().stream()).toArray(Heatmap[]::new);
    Scale scale = Scale.percentile(Scale.USUAL_PERCENTILE, all);
    boolean signed = Mosaic.signed(List.of(all));
    return new Animation(shots.stream().map(s -> frame(s, scale, signed)).toList(), millis);
  }

  private ImageGrid frame(Shot shot, Scale scale, boolean signed) {
    var captions = new ArrayList<String>(List.of("step " + shot.step()));
    IntStream.range(0, shot.maps().size()).forEach(c -> captions.add("channel " + c));
    var tiles = new ArrayList<Tile>(List.of(InputImage.of(x.reshape(x.shape().without(0)))));
    shot.maps().forEach(m -> tiles.add(signed ? m : m.withColors(ColorMap.SEQUENTIAL)));
    return ImageGrid.columns(captions.toArray(String[]::new))
        .row("", tiles.toArray(Tile[]::new))
        .withScale(scale);
  }
}
