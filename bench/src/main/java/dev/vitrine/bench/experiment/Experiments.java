package dev.vitrine.bench.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.bench.run.DataSets;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Experiments by name, done again. */
public final class Experiments {
  private Experiments() {}

  /** Those that come with the library: what takes seconds first. */
  public static List<String> names() {
    return ExperimentFile.BUNDLED;
  }

  /** One of these names, or a file that ends in {@code .toml}. */
  public static Experiment named(String name) throws IOException {
    return ExperimentFile.named(name).experiment();
  }

  /**
   * Does an experiment again and compares what comes out with what is on record.
   *
   * @param name one of {@link #names}, or a file that ends in {@code .toml}
   * @param dir where public data sets lie; null: the standard places
   * @param progress shows a part of the work, by its name and what it counts
   * @throws CancellationException after Ctrl-C
   */
  public static Reproduced reproduce(
      String name, @Nullable Path dir, Device device, BiFunction<String, String, Progress> progress)
      throws IOException {
    ExperimentFile file = ExperimentFile.named(name);
    var workload = file.experiment().workload(file.name());
    long start = System.nanoTime();
    try (Split data = Runs.fitting(workload, DataSets.load(workload.data(), dir));
        var again = new Reproduction(file.name(), file.experiment(), data, device, progress)) {
      Outcome now = again.run();
      Verdict verdict = Judgement.of(now, file.outcome());
      double seconds = (System.nanoTime() - start) * 1e-9;
      return new Reproduced(file.name(), file.experiment(), now, file.outcome(), verdict, seconds);
    }
  }

  /** Puts an outcome on record, beside the file of its experiment; gives its path. */
  public static Path record(Path toml, Outcome outcome) throws IOException {
    Path file = ExperimentFile.outcome(toml);
    var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    String text = json.writeValueAsString(outcome) + "\n";
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    return file;
  }
}
