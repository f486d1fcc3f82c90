package dev.vitrine.bench.run;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.view.Heatmap;
import dev.vitrine.xai.view.ImageGrid;
import dev.vitrine.xai.view.InputImage;
import dev.vitrine.xai.view.Scale;
import dev.vitrine.xai.view.Tile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some rows of a data set explained by some methods, and the pictures of that. */
public final class Explanations {
  private static final double SHOWN_PERCENTILE = 99;

  private final Dataset data;
  private final int[] rows;
  private final Tensor inputs;
  private final Map<String, Attribution> byMethod = new LinkedHashMap<>();

  private Explanations(Dataset data, int[] rows) {
    this.data = data;
    this.rows = rows;
    this.inputs = select(data, rows);
  }

  /** The methods by the names that the command line knows. */
  public static Explainer method(String name) {
    return switch (name) {
      case "saliency" -> new Saliency();
      case "input-x-gradient" -> new InputXGradient();
      case "integrated-gradients" -> new IntegratedGradients().tolerance(1e-3);
      default ->
          throw new IllegalArgumentException(
              "no method is called \"" + name + "\"; there are " + METHODS);
    };
  }

  /** All method names. */
  public static final List<String> METHODS =
      List.of("saliency", "input-x-gradient", "integrated-gradients");

  /** Explains {@code rows} of {@code data} by each method. */
  public static Explanations of(
      Model model, Dataset data, int[] rows, List<String> methods, Target target, Device device) {
    var all = new Explanations(data, rows);
    try (Subject subject = Subject.of(model, device)) {
      for (String m : methods) {
        all.byMethod.put(m, method(m).explain(subject, all.inputs, target));
      }
    }
    return all;
  }

  /** The first test row of each class. */
  public static int[] oneOfEach(Dataset data) {
    var found = new ArrayList<Integer>();
    for (int c = 0; c < data.classes().size(); c++) {
      for (int i = 0; i < data.size(); i++) {
        if (data.label(i) == c) {
          found.add(i);
          break;
        }
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Tensor select(Dataset data, int[] rows) {
    Shape shape = data.inputs().shape().with(0, rows.length);
    Tensor some = new Memory("explained rows").floats(shape);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] < 0 || rows[i] >= data.size()) {
        throw new IllegalArgumentException(
            "row %d of %s: it has rows 0 to %d".formatted(rows[i], data.name(), data.size() - 1));
      }
      some.rows(i, i + 1).set(data.input(rows[i]));
    }
    return some;
  }

  public Map<String, Attribution> byMethod() {
    return byMethod;
  }

  public int[] rows() {
    return rows.clone();
  }

  /** The explained rows, [n, …]. */
  public Tensor inputs() {
    return inputs;
  }

  /** True if the rows are pictures. */
  public boolean areImages() {
    return inputs.shape().rank() == 4;
  }

  /** A row per input, a column per method, behind the input itself. */
  public ImageGrid grid() {
    var captions = new ArrayList<String>(List.of("input"));
    captions.addAll(byMethod.keySet());
    ImageGrid grid = ImageGrid.columns(captions.toArray(String[]::new));
    for (int i = 0; i < rows.length; i++) {
      var tiles = new ArrayList<Tile>();
      tiles.add(image(i));
      for (Attribution a : byMethod.values()) {
        tiles.add(Heatmap.of(a.row(i)).over(image(i)));
      }
      grid = grid.row(caption(i), tiles.toArray(Tile[]::new));
    }
    return grid.withSharing(ImageGrid.Sharing.COLUMN);
  }

  /** One input under one method's heatmap, with its scale. */
  public dev.vitrine.xai.view.Picture overlay(String method, int i) {
    Attribution a = byMethod.get(method);
    if (a == null) {
      throw new IllegalArgumentException("no explanation by " + method);
    }
    Heatmap map = Heatmap.of(a.row(i));
    return map.withScale(Scale.percentile(SHOWN_PERCENTILE, map)).over(image(i));
  }

  private InputImage image(int i) {
    return InputImage.of(inputs.rows(i, i + 1).reshape(inputs.shape().without(0)));
  }

  /** What it is, and what the model says. */
  private String caption(int i) {
    int said = byMethod.values().iterator().next().classes()[i];
    String is = data.classes().get(data.label(rows[i]));
    String says = said < data.classes().size() ? data.classes().get(said) : String.valueOf(said);
    return is.equals(says) ? is : is + " → " + says;
  }
}
