package dev.vitrine.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.run.Judges;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.Range;
import dev.vitrine.tensor.io.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The experiments of the library fit together, and files that say nonsense are refused. */
class ExperimentFileTest {
  private static final String GOOD =
      """
      about = "a test"
      data = "drawn"
      model = "flatten linear(784, 10)"
      [training]
      optimizer = "adam"
      rate = 0.001
      batch = 32
      epochs = 1
      seeds = "0"
      """;

  @Test
  void everyFileIsBundledAndEveryNameHasOne() throws IOException {
    try (var files = Files.list(Path.of("experiments"))) {
      Set<String> names =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".toml"))
              .map(f -> f.replace(".toml", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(names, new TreeSet<>(Experiments.names()));
    }
  }

  @Test
  void eachHasARecordOfItselfAndAsksForWhatThereIs() throws IOException {
    for (String name : Experiments.names()) {
      ExperimentFile file = ExperimentFile.named(name);
      Experiment e = file.experiment();
      Outcome o = Objects.requireNonNull(file.outcome(), name);
      assertEquals(e.asked(), o.asked(), name + ": record it anew");
      assertEquals(e.seeds().length, o.models().size(), name);
      assertNotNull(o.models().getFirst().steps(), name);
      var asked = e.explanations();
      if (asked != null) {
        Range seeds = Range.parse("seeds", asked.seeds());
        assertTrue(seeds.to() <= Range.parse("seeds", e.training().seeds()).to(), name);
        asked
            .methods()
            .forEach(m ->
                assertTrue(m.equals(Methods.RANDOM) || Methods.all().contains(m), name + ": " + m));
        asked.metrics().forEach(m -> assertTrue(Judges.all().contains(m), name + ": " + m));
        e.published().stream()
            .filter(p -> !p.isAccuracy())
            .forEach(p ->
                assertTrue(
                    asked.methods().contains(p.method()) && asked.metrics().contains(p.metric()),
                    name + ": " + p));
      }
    }
  }

  private static void refused(String says, String toml) {
    var e =
        assertThrows(
            FormatException.class,
            () -> ExperimentFile.experiment("x.toml", toml.getBytes(StandardCharsets.UTF_8)));
    assertTrue(
        e.getMessage().startsWith("x.toml: ") && e.getMessage().contains(says), e.getMessage());
  }

  @Test
  void nonsenseIsRefusedByName() throws IOException {
    assertEquals("drawn", ExperimentFile.experiment("x", GOOD.getBytes()).data());
    refused("\"data\" is missing", GOOD.replace("data =", "#"));
    refused("\"training.seeds\" is missing", GOOD.replace("seeds =", "#"));
    refused("\"epoch\" is not known; there are", GOOD + "epoch = 2\n");
    refused("\"training.batch\" is missing", GOOD.replace("batch =", "#"));
    refused(
        "\"training.batch\" is missing or of another type",
        GOOD.replace("batch = 32", "batch = \"many\""));
    refused("line 5", GOOD.replace("optimizer = ", "optimizer "));
    refused(
        "\"published.source\" is missing",
        GOOD + "[[published]]\nmetric = \"accuracy\"\nvalue = 1\n");
    refused(
        "\"published.method\" is missing",
        GOOD + "[[published]]\nmetric = \"deletion\"\nvalue = 1\nsource = \"x\"\n");
  }
}
