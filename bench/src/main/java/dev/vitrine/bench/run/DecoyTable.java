package dev.vitrine.bench.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.tensor.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Test accuracies of models that learnt from digits with decoys, plainly and with an attribution
 * prior, beside one that saw no decoys.
 *
 * @param configuration what decides the bits
 */
@JsonPropertyOrder({"configuration", "means", "runs"})
public record DecoyTable(Map<String, String> configuration, List<Row> runs) {
  /** How a model was trained. */
  public enum Training {
    @JsonProperty("plain")
    PLAIN("plain"),
    @JsonProperty("regularised")
    REGULARISED("regularised"),
    @JsonProperty("no decoy")
    CLEAN("no decoy");

    private final String words;

    Training(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * One model.
   *
   * @param telling accuracy where decoys tell the class, as in training
   * @param random accuracy where they tell nothing
   * @param clean accuracy where there are none
   * @param share of the saliency on {@code random} that lies where decoys may be
   * @param hash of the model, the same on every machine
   */
  public record Row(
      long seed,
      Training training,
      @JsonProperty("decoy_tells") double telling,
      @JsonProperty("decoy_at_random") double random,
      @JsonProperty("no_decoy") double clean,
      @JsonProperty("saliency_on_decoys") double share,
      String hash) {}

  /** Means over the seeds. */
  public record Mean(
      Training training,
      @JsonProperty("decoy_tells") double telling,
      @JsonProperty("decoy_at_random") double random,
      @JsonProperty("no_decoy") double clean,
      @JsonProperty("saliency_on_decoys") double share) {}

  public DecoyTable {
    runs = List.copyOf(runs);
  }

  @JsonProperty("means")
  public List<Mean> means() {
    return List.of(Training.values()).stream().map(this::mean).toList();
  }

  /** The mean over the seeds. */
  public Mean mean(Training t) {
    return new Mean(
        t, mean(t, Row::telling), mean(t, Row::random), mean(t, Row::clean), mean(t, Row::share));
  }

  private double mean(Training t, ToDoubleFunction<Row> column) {
    return runs.stream()
        .filter(r -> r.training == t)
        .mapToDouble(column)
        .average()
        .orElse(Double.NaN);
  }

  /** A table for people. */
  public String text() {
    var text = new StringBuilder();
    text.append(
        String.format(
            "%-12s %-12s %11s %15s %8s %18s%n",
            "trained", "seed", "decoy tells", "decoy at random", "no decoy", "saliency on decoys"));
    for (Row r : runs) {
      line(
          text,
          r.training,
          r.seed + "  " + r.hash.substring(0, 8),
          r.telling,
          r.random,
          r.clean,
          r.share);
    }
    for (Mean m : means()) {
      line(text, m.training, "mean", m.telling, m.random, m.clean, m.share);
    }
    return text.toString();
  }

  private static void line(
      StringBuilder text,
      Training t,
      String seed,
      double telling,
      double random,
      double clean,
      double share) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-12s %-12s %11.4f %15.4f %8.4f %18.4f%n",
            t,
            seed,
            telling,
            random,
            clean,
            share));
  }

  public void write(Path file) throws IOException {
    var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    AtomicFile.write(
        file, (mapper.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
