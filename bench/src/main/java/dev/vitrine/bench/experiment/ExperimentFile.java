package dev.vitrine.bench.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.vitrine.tensor.io.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code NAME.toml}, which says what is done, and {@code NAME.json} beside it, which says what came
 * out; both from {@code bench/experiments}, or a reader's own.
 *
 * @param outcome null if nobody has recorded one
 */
record ExperimentFile(String name, Experiment experiment, @Nullable Outcome outcome) {
  /** Those that come with the library: what takes seconds first. */
  static final List<String> BUNDLED =
      List.of(
          "drawn-digits",
          "digits-mlp",
          "table-mlp",
          "mnist-mlp",
          "mnist-cnn",
          "lenet-sensitivity",
          "digits-faithfulness",
          "methods-breast-cancer",
          "methods-wine",
          "methods-mnist",
          "methods-fashion-mnist");

  private static final int LONGEST = 1 << 20;
  private static final String TOML = ".toml";

  private static final ObjectMapper EXPERIMENT =
      TomlMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private static final ObjectMapper OUTCOME = JsonMapper.builder().build();

  /** One of the library's, or a file of this path. */
  static ExperimentFile named(String name) throws IOException {
    if (name.endsWith(TOML)) {
      return of(Path.of(name));
    }
    if (!BUNDLED.contains(name)) {
      throw new IllegalArgumentException(
          "no experiment is called \"%s\"; there are %s, and files that end in %s"
              .formatted(name, String.join(", ", BUNDLED), TOML));
    }
    try (InputStream toml = resource(name + TOML);
        InputStream json = resource(name + ".json")) {
      if (toml == null) {
        throw new IllegalStateException(name + TOML + " is not among the resources");
      }
      return new ExperimentFile(
          name,
          experiment(name + TOML, toml.readAllBytes()),
          json == null ? null : OUTCOME.readValue(json, Outcome.class));
    }
  }

  private static @Nullable InputStream resource(String file) {
    return ExperimentFile.class.getResourceAsStream(file);
  }

  private static ExperimentFile of(Path file) throws IOException {
    Experiment experiment = experiment(file.toString(), few(file));
    Path json = outcome(file);
    String name = file.getFileName().toString().replaceFirst("\\.toml$", "");
    return new ExperimentFile(
        name, experiment, Files.exists(json) ? outcome(json, Files.readAllBytes(json)) : null);
  }

  private static byte[] few(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] toml = in.readNBytes(LONGEST + 1);
      if (toml.length > LONGEST) {
        throw new FormatException(
            file.toString(),
            "it has more than %d bytes, an experiment is a few lines".formatted(LONGEST));
      }
      return toml;
    }
  }

  /** Where the outcome of an experiment's file lies. */
  static Path outcome(Path toml) {
    String name = toml.getFileName().toString();
    return toml.resolveSibling(name.substring(0, name.length() - TOML.length()) + ".json");
  }

  private static Outcome outcome(Path file, byte[] json) throws FormatException {
    try {
      return OUTCOME.readValue(json, Outcome.class);
    } catch (IOException e) {
      throw new FormatException(
          file.toString(), "no outcome of an experiment; record it anew with --record", e);
    }
  }

  static Experiment experiment(String file, byte[] toml) throws FormatException {
    try {
      return EXPERIMENT.readValue(toml, Experiment.class);
    } catch (UnrecognizedPropertyException e) {
      throw new FormatException(
          file,
          "\"%s\" is not known; there are %s"
              .formatted(e.getPropertyName(), e.getKnownPropertyIds()),
          e);
    } catch (ValueInstantiationException e) {
      throw new FormatException(file, why(e), e);
    } catch (MismatchedInputException e) {
      throw new FormatException(file, "\"%s\" is missing or of another type".formatted(path(e)), e);
    } catch (JsonProcessingException e) {
      throw new FormatException(file, e.getOriginalMessage() + line(e), e);
    } catch (IOException e) {
      throw new FormatException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** As in {@code training.batch}. */
  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? String.valueOf(r.getIndex()) : r.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String why(ValueInstantiationException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getOriginalMessage() : cause.getMessage());
  }

  private static String line(JsonProcessingException e) {
    return e.getLocation() == null || e.getLocation().getLineNr() < 1
        ? ""
        : " (line " + e.getLocation().getLineNr() + ")";
  }
}
