package dev.vitrine.bench.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.tensor.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The test accuracies of one workload over several seeds, and whether their mean reaches the
 * reference: not below it by more than 0.003 plus two standard errors of the difference.
 */
public record Seeds(
    String workload,
    List<One> runs,
    double mean,
    double deviation,
    Workload.@Nullable Reference reference,
    @JsonProperty("least_mean") @Nullable Double least,
    @Nullable Boolean reached) {
  private static final double MARGIN = 0.003;

  /** One seed: the accuracy, and the hash that the model has on every machine. */
  public record One(long seed, double accuracy, double loss, String hash) {
    public static One of(long seed, Training t) {
      return new One(seed, t.test().accuracy(), t.test().loss(), t.model().hash());
    }
  }

  public static Seeds of(Workload w, List<One> runs) {
    double mean = runs.stream().mapToDouble(One::accuracy).average().orElse(Double.NaN);
    double squares =
        runs.stream().mapToDouble(r -> (r.accuracy - mean) * (r.accuracy - mean)).sum();
    double deviation = runs.size() < 2 ? 0 : Math.sqrt(squares / (runs.size() - 1));
    Workload.Reference ref = w.reference();
    if (ref == null) {
      return new Seeds(w.name(), List.copyOf(runs), mean, deviation, null, null, null);
    }
    double error =
        Math.sqrt(
            deviation * deviation / runs.size() + ref.deviation() * ref.deviation() / ref.seeds());
    double least = ref.mean() - MARGIN - 2 * error;
    return new Seeds(w.name(), List.copyOf(runs), mean, deviation, ref, least, mean >= least);
  }

  /** With one more seed. */
  public Seeds and(Workload w, One run) {
    var all = new ArrayList<>(runs);
    all.add(run);
    return of(w, all);
  }

  /** A table for people. */
  public String text() {
    var text = new StringBuilder();
    for (One r : runs) {
      text.append(
          String.format(
              Locale.ROOT, "%s seed %2d  %.4f  %.12s%n", workload, r.seed, r.accuracy, r.hash));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%s mean    %.4f, standard deviation %.4f over %d seeds%n",
            workload,
            mean,
            deviation,
            runs.size()));
    if (reference != null && least != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s reference %.4f (sd %.4f, %d seeds), at least %.4f is wanted: %s%n",
              workload,
              reference.mean(),
              reference.deviation(),
              reference.seeds(),
              least,
              Boolean.TRUE.equals(reached) ? "reached" : "MISSED"));
    }
    return text.toString();
  }

  public void write(Path file) throws IOException {
    var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    AtomicFile.write(
        file, (mapper.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
