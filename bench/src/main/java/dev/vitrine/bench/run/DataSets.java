package dev.vitrine.bench.run;

import dev.vitrine.nn.data.BreastCancer;
import dev.vitrine.nn.data.Csv;
import dev.vitrine.nn.data.DataDir;
import dev.vitrine.nn.data.Digits;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Encoding;
import dev.vitrine.nn.data.FashionMnist;
import dev.vitrine.nn.data.Mnist;
import dev.vitrine.nn.data.Roles;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.data.Table;
import dev.vitrine.nn.data.Wine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Data sets by the names that the command line knows. */
public final class DataSets {
  /** For help texts. */
  public static final String NAMES =
      "drawn, mnist, fashion-mnist, digits, breast-cancer, wine, FILE.csv";

  private static final long DRAWN_SEED = 7;
  private static final long SPLIT_SEED = 0;
  private static final int LEAST_ROWS = 5;

  private DataSets() {}

  /** A set that is no CSV file. */
  public static Split load(String name, @Nullable Path dir) throws IOException {
    return load(name, dir, null, Set.of());
  }

  /**
   * Loads a set by name. {@code dir} is where public sets lie (null: the standard places); {@code
   * label} is the column of a CSV file that is to be predicted (its last fifth, after shuffling,
   * are the test rows), {@code categorical} columns are categories although they look like numbers.
   */
  public static Split load(
      String name, @Nullable Path dir, @Nullable String label, Set<String> categorical)
      throws IOException {
    if (!isTable(name) && (label != null || !categorical.isEmpty())) {
      throw new IllegalArgumentException(
          "%s is no CSV file: leave --label and --categorical out".formatted(name));
    }
    DataDir where = dir == null ? DataDir.standard() : DataDir.of(dir);
    return switch (name) {
      case "drawn" -> DrawnDigits.of(DRAWN_SEED);
      case "mnist" -> Mnist.load(where);
      case "fashion-mnist" -> FashionMnist.load(where);
      case "digits" -> Digits.load(where);
      case "breast-cancer" -> BreastCancer.load(where);
      case "wine" -> Wine.load(where);
      default -> table(name, label, categorical);
    };
  }

  private static boolean isTable(String name) {
    return name.endsWith(".csv") || name.endsWith(".csv.gz");
  }

  private static Split table(String name, @Nullable String label, Set<String> categorical)
      throws IOException {
    if (!isTable(name)) {
      throw new IllegalArgumentException(
          "no data set is called \"" + name + "\"; there are " + NAMES);
    }
    if (label == null) {
      throw new IllegalArgumentException(
          name + ": say which column is to be predicted with --label COLUMN");
    }
    Table table = Table.read(Path.of(name), Csv.named()).shuffled(SPLIT_SEED);
    int rows = table.rows().size();
    if (rows < LEAST_ROWS) {
      throw new IllegalArgumentException(
          "%s has %d rows, at least %d are needed: four fifths to learn from, one to be judged by"
              .formatted(name, rows, LEAST_ROWS));
    }
    return Encoding.split(
        table, rows * 4 / 5, Roles.label(label).categorical(categorical.toArray(String[]::new)));
  }
}
