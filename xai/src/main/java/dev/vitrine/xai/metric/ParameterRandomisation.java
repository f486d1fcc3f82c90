package dev.vitrine.xai.metric;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Mean over layers of how similar the attribution is to that of the network whose layers have drawn
 * new parameters: all from the output down to this one (cascading), or this one alone (Adebayo et
 * al. 2018, Sanity checks for saliency maps). From −1 to 1, as the similarity; low is good: a
 * method that does not notice explains the input, not the network. NaN where the similarity does
 * not exist. The unchanged network takes no part in the mean.
 *
 * @param model the one that is explained; a copy of it is changed
 * @param seed of the new parameters
 */
public record ParameterRandomisation(
    Model model, Similarity similarity, boolean cascading, long seed) implements Metric {
  @Override
  public String name() {
    return cascading ? "CascadingRandomisation" : "IndependentRandomisation";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("similarity", similarity.toString(), "seed", String.valueOf(seed));
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    Map<String, double[]> layers = similarities(q, by, a);
    double[] all = new double[q.size()];
    layers
        .values()
        .forEach(of -> {
          for (int r = 0; r < all.length; r++) {
            all[r] += of[r] / layers.size();
          }
        });
    return all;
  }

  /** Of each row, by the layer that was the last to change, from the output to the input. */
  public Map<String, double[]> similarities(Question q, Explainer by, Attribution a) {
    if (!model.hash().equals(q.subject().hash())) {
      throw new IllegalArgumentException(
          "model %.12s… given, but %.12s… is explained: give the explained one"
              .formatted(model.hash(), q.subject().hash()));
    }
    double[][] maps = Maps.of(a.values());
    var layers = new LinkedHashMap<String, double[]>();
    try (Model fresh = copy().init(seed);
        Model changed = copy()) {
      for (String layer : layers(model).reversed()) {
        Map<String, Tensor> values = cascading ? changed.state() : model.state();
        var mixed = new LinkedHashMap<>(values);
        fresh
            .state()
            .forEach((name, value) -> {
              if (layerOf(name).equals(layer)) {
                mixed.put(name, value);
              }
            });
        changed.load(mixed);
        layers.put(layer, compare(q, by, maps, changed));
      }
    }
    return layers;
  }

  private Model copy() {
    var copy = new Model(model.layer().anew());
    copy.load(model.state());
    return copy;
  }

  private double[] compare(Question q, Explainer by, double[][] maps, Model changed) {
    double[] all = new double[maps.length];
    try (Subject subject = Subject.of(changed, q.subject().device());
        Subject other = subject.within(q.subject().budget());
        Question about = q.of(other)) {
      double[][] others = Maps.of(by.explain(about).values());
      for (int r = 0; r < all.length; r++) {
        all[r] = similarity.of(maps[r], others[r]);
      }
    }
    return all;
  }

  /** Those with parameters, from the input to the output. */
  private static List<String> layers(Model model) {
    var names = new ArrayList<String>();
    for (String parameter : model.state().keySet()) {
      if (!names.contains(layerOf(parameter))) {
        names.add(layerOf(parameter));
      }
    }
    return names;
  }

  private static String layerOf(String parameter) {
    return parameter.substring(0, Math.max(parameter.lastIndexOf('.'), 0));
  }
}
