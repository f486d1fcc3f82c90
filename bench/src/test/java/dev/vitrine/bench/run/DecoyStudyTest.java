package dev.vitrine.bench.run;

import static dev.vitrine.bench.run.DecoyTable.Training.CLEAN;
import static dev.vitrine.bench.run.DecoyTable.Training.PLAIN;
import static dev.vitrine.bench.run.DecoyTable.Training.REGULARISED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoyStudyTest {
  /** A fifth of the digits: the margins are those of a small run, half of what all digits give. */
  @ParameterizedTest
  @ValueSource(strings = {"gradient", "input-x-gradient", "lrp"})
  void thePlainModelIsFooledAndTheRegularisedOneIsNot(String prior) throws IOException {
    DecoyTable table;
    try (Split digits = DrawnDigits.of(7, 2000, 500)) {
      table =
          Objects.requireNonNull(
              DecoyStudy.run(
                  "drawn",
                  digits,
                  Prior.named(prior),
                  15,
                  new int[] {0},
                  Device.standard(),
                  _ -> TrainingProgress.silent()));
    }
    DecoyTable.Mean plain = table.mean(PLAIN);
    DecoyTable.Mean regularised = table.mean(REGULARISED);
    assertTrue(plain.telling() > 0.85, table.text());
    assertTrue(regularised.random() > plain.random() + 0.15, table.text());
    assertTrue(regularised.clean() > plain.clean() + 0.25, table.text());
    assertEquals(table.mean(CLEAN).clean(), regularised.clean(), 0.08, table::text);
    assertTrue(regularised.share() < plain.share() / 3, table.text());
  }
}
