package dev.vitrine.nn.data;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * 569 tumours, malignant or benign, by ten measures of their cell nuclei: the standard table
 * workload.
 *
 * <p>Wolberg, Street, Mangasarian: Breast Cancer Wisconsin (Diagnostic), UCI (1993), as
 * scikit-learn ships it. Of its thirty columns these are the first ten, the means over an image.
 */
public final class BreastCancer {
  private static final List<String> MEASURES =
      List.of(
          "radius",
          "texture",
          "perimeter",
          "area",
          "smoothness",
          "compactness",
          "concavity",
          "concave points",
          "symmetry",
          "fractal dimension");

  private static final String DIAGNOSIS = "diagnosis";
  private static final int TRAIN = 400;

  private BreastCancer() {}

  /**
   * The first 400 rows for training, the other 169 for testing; inputs [n, 10], standardised by the
   * training rows, labels [n]: 0 malignant, 1 benign.
   */
  public static Split load(DataDir dir) throws IOException {
    return Encoding.split(table(dir), TRAIN, Roles.label(DIAGNOSIS));
  }

  /** The ten measures and the diagnosis as they are in the file. */
  public static Table table(DataDir dir) throws IOException {
    var all = Table.read(dir.file("tabular/breast_cancer.csv"), Csv.scikitLearn());
    var taken = Stream.concat(all.columns().stream().limit(MEASURES.size()), Stream.of("class"));
    var names = Stream.concat(MEASURES.stream(), Stream.of(DIAGNOSIS));
    return all.select(taken.toList()).renamed(names.toList());
  }
}
