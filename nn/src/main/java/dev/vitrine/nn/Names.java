package dev.vitrine.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of neighbouring layers: the kind and a running number, {@code conv1, relu1, conv2, relu2}.
 */
public final class Names {
  private Names() {}

  public static List<String> of(List<Layer> layers) {
    Map<String, Integer> counts = new HashMap<>();
    var names = new ArrayList<String>(layers.size());
    for (Layer l : layers) {
      names.add(l.kind() + counts.merge(l.kind(), 1, Integer::sum));
    }
    return names;
  }
}
