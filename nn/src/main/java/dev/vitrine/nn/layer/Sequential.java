package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Names;
import java.util.List;
import java.util.stream.Collectors;

/** y = f_n(… f_2(f_1(x))). */
public record Sequential(List<Layer> layers) implements Layer {
  public Sequential {
    layers = List.copyOf(layers);
  }

  @Override
  public Var forward(Var x, Mode mode) {
    Var y = x;
    List<String> names = Names.of(layers);
    for (int i = 0; i < layers.size(); i++) {
      Layer l = layers.get(i);
      Var input = y;
      y = x.tape().scope(names.get(i), () -> l.forward(input, mode));
    }
    return y;
  }

  @Override
  public String kind() {
    return "block";
  }

  @Override
  public List<Layer> children() {
    return layers;
  }

  @Override
  public String toString() {
    return layers.stream()
        .map(l -> l instanceof Sequential inner ? "block(" + inner + ")" : l.toString())
        .collect(Collectors.joining(" "));
  }
}
