package dev.vitrine.nn.data;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * 178 wines of three cultivars by thirteen measures: a small table with more than two classes.
 *
 * <p>Aeberhard, Forina: Wine, UCI (1992), as scikit-learn ships it.
 */
public final class Wine {
  private static final List<String> MEASURES =
      List.of(
          "alcohol",
          "malic acid",
          "ash",
          "alcalinity of ash",
          "magnesium",
          "total phenols",
          "flavanoids",
          "nonflavanoid phenols",
          "proanthocyanins",
          "colour intensity",
          "hue",
          "OD280/OD315",
          "proline");

  private static final String CULTIVAR = "cultivar";
  private static final int TRAIN = 120;

  /** The file has one cultivar after the other. */
  private static final long SHUFFLE = 0;

  private Wine() {}

  /**
   * 120 rows for training, the other 58 for testing, shuffled; inputs [n, 13], standardised by the
   * training rows, labels [n]: 0, 1 or 2.
   */
  public static Split load(DataDir dir) throws IOException {
    return Encoding.split(table(dir).shuffled(SHUFFLE), TRAIN, Roles.label(CULTIVAR));
  }

  /** The thirteen measures and the cultivar as they are in the file. */
  public static Table table(DataDir dir) throws IOException {
    var all = Table.read(dir.file("tabular/wine_data.csv"), Csv.scikitLearn());
    return all.renamed(Stream.concat(MEASURES.stream(), Stream.of(CULTIVAR)).toList());
  }
}
