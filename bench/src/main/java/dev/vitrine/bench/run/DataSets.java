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
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Data sets by the names that the command line knows. */
public final class DataSets {
  /** For help texts. */
  public static final String NAMES = "drawn, mnist, fashion-mnist, digits, breast-cancer, FILE.csv";

  private static final long DRAWN_SEED = 7;
  private static final long SPLIT_SEED = 0;

  private DataSets() {}

  /**
   * Loads a set by name. {@code dir} is where public sets lie (null: the standard places); {@code
   * label} is the column of a CSV file that is to be predicted (its last fifth, after shuffling,
   * are the test rows).
   */
  public static Split load(String name, @Nullable Path dir, @Nullable String label)
      throws IOException {
    DataDir where = dir == null ? DataDir.standard() : DataDir.of(dir);
    return switch (name) {
      case "drawn" -> DrawnDigits.of(DRAWN_SEED);
      case "mnist" -> Mnist.load(where);
      case "fashion-mnist" -> FashionMnist.load(where);
      case "digits" -> Digits.load(where);
      case "breast-cancer" -> BreastCancer.load(where);
      default -> table(name, label);
    };
  }

  private static Split table(String name, @Nullable String label) throws IOException {
    if (!name.endsWith(".csv") && !name.endsWith(".csv.gz")) {
      throw new IllegalArgumentException(
          "no data set is called \"" + name + "\"; there are " + NAMES);
    }
    if (label == null) {
      throw new IllegalArgumentException(
          name + ": say which column is to be predicted with --label COLUMN");
    }
    Table table = Table.read(Path.of(name), Csv.named()).shuffled(SPLIT_SEED);
    return Encoding.split(table, table.rows().size() * 4 / 5, Roles.label(label));
  }
}
