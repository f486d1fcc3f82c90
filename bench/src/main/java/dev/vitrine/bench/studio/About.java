package dev.vitrine.bench.studio;

import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.tensor.Shape;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.layer.Cam;
import dev.vitrine.xai.view.ColorMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What there is to be seen: models, methods, data, and the colours of heatmaps. */
final class About implements Answer {
  private static final int COLOURS = 256;

  /**
   * @param shape of a row
   * @param columns of a table; none of images
   * @param rows that can be asked for
   * @param diverging colours from −1 to 1, {@code #rrggbb}
   * @param sequential colours from 0 to 1
   */
  record Everything(
      String data,
      boolean images,
      int[] shape,
      List<String> classes,
      List<Columns.Shown> columns,
      int rows,
      List<Shown> models,
      List<String> diverging,
      List<String> sequential) {}

  /**
   * @param targets names of what can be explained
   * @param methods by name
   * @param places its layers, in their order
   */
  record Shown(
      String name,
      String layers,
      long parameters,
      List<String> targets,
      Map<String, Offered> methods,
      List<Layer> places) {}

  /**
   * @param layered whether a layer can be chosen
   * @param drafted whether there is a quicker form while something moves
   */
  record Offered(boolean layered, boolean drafted) {}

  /** A layer, and the node of the tape that holds what it gives. */
  record Layer(String name, int node, int[] shape) {}

  @Override
  public Everything to(Asked asked) {
    Showcase showcase = asked.showcase();
    Columns columns = showcase.columns();
    return new Everything(
        showcase.name(),
        showcase.images(),
        showcase.row().without(0).dims(),
        showcase.classes(),
        columns == null ? List.of() : columns.all(),
        showcase.data().test().size(),
        showcase.exhibits().stream().map(e -> shown(e, showcase)).toList(),
        colours(ColorMap.DIVERGING),
        colours(ColorMap.SEQUENTIAL));
  }

  private static Shown shown(Exhibit e, Showcase showcase) {
    return new Shown(
        e.name(),
        e.model().toString(),
        e.model().size(),
        targets(e.outputs(), showcase.classes()),
        methods(e, showcase.reference()),
        places(e, showcase.row()));
  }

  private static List<String> targets(int outputs, List<String> classes) {
    if (classes.isEmpty()) {
      var names = new ArrayList<String>();
      for (int i = 0; i < outputs; i++) {
        names.add("output " + i);
      }
      return names;
    }
    return outputs == 1 ? List.of(classes.getLast()) : classes;
  }

  private static Map<String, Offered> methods(Exhibit e, Reference reference) {
    var offered = new LinkedHashMap<String, Offered>();
    for (String name : e.methods()) {
      Explainer method = Methods.of(name, reference);
      offered.put(name, new Offered(method instanceof Cam, Draft.of(method) != null));
    }
    return offered;
  }

  private static List<Layer> places(Exhibit e, Shape row) {
    var last = new LinkedHashMap<String, Layer>();
    try (Tape tape = Tape.recording(e.live().device())) {
      e.live().network().record(tape.input("x", row));
      for (Node n : tape.nodes()) {
        if (!(n.op() instanceof Leaf) && !n.name().isEmpty()) {
          last.put(n.name(), new Layer(n.name(), n.index(), n.shape(0).without(0).dims()));
        }
      }
    }
    return List.copyOf(last.values());
  }

  private static List<String> colours(ColorMap map) {
    var all = new ArrayList<String>();
    for (int i = 0; i <= COLOURS; i++) {
      double t = (double) i / COLOURS;
      all.add("#%06x".formatted(map.rgb(map.signed() ? 2 * t - 1 : t)));
    }
    return all;
  }
}
