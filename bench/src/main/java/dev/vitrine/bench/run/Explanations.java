package dev.vitrine.bench.run;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.metric.Predictions;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Npy;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.view.Heatmap;
import dev.vitrine.xai.view.ImageGrid;
import dev.vitrine.xai.view.InputImage;
import dev.vitrine.xai.view.Picture;
import dev.vitrine.xai.view.Scale;
import dev.vitrine.xai.view.Tile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some rows of a data set explained by some methods, and the pictures of that. */
public final class Explanations {
  /** The picture of all explanations. */
  static final String GRID = "explanations.png";

  private static final double SHOWN_PERCENTILE = 99;

  private final Dataset data;
  private final int[] rows;
  private final Tensor inputs;
  private final int[] said;
  private final Map<String, Attribution> byMethod = new LinkedHashMap<>();

  private Explanations(Dataset data, int[] rows, Subject subject) {
    this.data = data;
    this.rows = rows;
    this.inputs = select(data, rows);
    this.said = Predictions.of(subject.outputs(inputs));
  }

  /** Explains {@code rows} of {@code data} by each method. */
  public static Explanations of(
      Model model,
      Dataset data,
      Reference reference,
      int[] rows,
      List<String> methods,
      Target target,
      Device device,
      Progress progress) {
    try (Subject subject = Subject.of(model, device)) {
      var all = new Explanations(data, rows, subject);
      for (String m : methods) {
        progress.at(all.byMethod.size(), methods.size(), Map.of("next", m));
        Explainer method = Methods.of(m, reference);
        all.byMethod.put(m, method.explain(subject, all.inputs, target));
      }
      return all;
    }
  }

  /** The first row of each class; the very first one where there are no classes. */
  public static int[] oneOfEach(Dataset data) {
    if (data.classes().isEmpty()) {
      return new int[] {0};
    }
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

  /** These rows, copied one behind the other. */
  public static Tensor select(Dataset data, int[] rows) {
    for (int row : rows) {
      if (row < 0 || row >= data.size()) {
        throw new IllegalArgumentException(
            "row %d of %s: it has rows 0 to %d".formatted(row, data.name(), data.size() - 1));
      }
    }
    Shape shape = data.inputs().shape().with(0, rows.length);
    Tensor some = new Memory("explained rows").floats(shape);
    for (int i = 0; i < rows.length; i++) {
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
    return grid(byMethod.keySet());
  }

  /** Some methods' grid. */
  public record Part(List<String> methods, ImageGrid picture) {}

  /** The same in several grids of so many methods at most. */
  public List<Part> grids(int most) {
    var methods = List.copyOf(byMethod.keySet());
    int grids = Math.ceilDiv(methods.size(), most);
    var all = new ArrayList<Part>();
    for (int g = 0; g < grids; g++) {
      var some = methods.subList(g * methods.size() / grids, (g + 1) * methods.size() / grids);
      all.add(new Part(some, grid(some)));
    }
    return all;
  }

  private ImageGrid grid(Collection<String> methods) {
    var captions = new ArrayList<String>(List.of("input"));
    captions.addAll(methods);
    ImageGrid grid = ImageGrid.columns(captions.toArray(String[]::new));
    for (int i = 0; i < rows.length; i++) {
      int row = i;
      var tiles = new ArrayList<Tile>();
      tiles.add(image(i));
      byMethod.forEach((method, a) -> {
        if (methods.contains(method)) {
          tiles.add(Heatmap.of(a.row(row)).over(image(row)));
        }
      });
      grid = grid.row(caption(i), tiles.toArray(Tile[]::new));
    }
    return grid.withSharing(ImageGrid.Sharing.COLUMN);
  }

  /** One input under one method's heatmap, with its scale. */
  public Picture overlay(String method, int i) {
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
    if (data.classes().isEmpty()) {
      return "row " + rows[i];
    }
    String is = data.classes().get(data.label(rows[i]));
    String says = data.classes().get(said[i]);
    return is.equals(says) ? is : is + " → " + says;
  }

  /**
   * Writes the attributions as npy, {@code run.json}, and for images a picture of all of them.
   * {@code model} is the file that is explained.
   */
  public void write(RunFolder to, Path model, Device device) throws IOException {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("model", model.toString());
    configuration.put("test", data.toString());
    configuration.put("rows", rows);
    Map<String, String> hashes = new LinkedHashMap<>();
    Map<String, Object> provenance = new LinkedHashMap<>();
    for (var e : byMethod.entrySet()) {
      Npy.write(to.file(e.getKey() + ".npy"), e.getValue().values());
      hashes.put(e.getKey(), e.getValue().hash());
      provenance.put(e.getKey(), e.getValue().provenance());
    }
    if (areImages()) {
      grid().save(to.file(GRID));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("configuration", configuration);
    json.put("environment", Environment.of(device));
    json.put("predicted", said);
    json.put("provenance", provenance);
    json.put("hashes", hashes);
    to.json(json);
  }
}
