package dev.vitrine.bench.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came out of an experiment: its figures and the hashes of all that it made, in the order in
 * which it was made.
 *
 * @param asked what was asked for, see {@link Experiment#asked}
 * @param train hash of the training rows
 * @param test hash of the test rows
 * @param rows how many test rows there are
 * @param explained null if nothing was explained
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
    String asked,
    String train,
    String test,
    int rows,
    List<Trained> models,
    @Nullable Explained explained) {

  /**
   * A model.
   *
   * @param first hash of its weights before training
   * @param steps of the first model; null of the others
   * @param hash of the trained model
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Trained(
      long seed, String first, @Nullable Trace steps, String hash, double accuracy, double loss) {}

  /**
   * What was said of the models.
   *
   * @param inputs hash of the explained rows
   */
  public record Explained(String inputs, Map<String, Method> methods) {}

  /**
   * One method.
   *
   * @param attributions hash of its explanations of each model
   */
  public record Method(List<String> attributions, Map<String, Score> metrics) {}

  /**
   * What a metric says of a method.
   *
   * @param half of the 95 % interval around the mean; NaN for fewer than two values
   * @param values hash of the values of all rows
   */
  public record Score(double mean, double half, String values) {}

  /** Mean accuracy of the models. */
  double accuracy() {
    return models.stream().mapToDouble(Trained::accuracy).average().orElse(Double.NaN);
  }
}
