package dev.vitrine.bench.run;

import static java.util.Map.entry;

import dev.vitrine.tensor.Shape;
import dev.vitrine.xai.metric.Complexity;
import dev.vitrine.xai.metric.Comprehensiveness;
import dev.vitrine.xai.metric.Correlation;
import dev.vitrine.xai.metric.Deletion;
import dev.vitrine.xai.metric.FaithfulnessCorrelation;
import dev.vitrine.xai.metric.Infidelity;
import dev.vitrine.xai.metric.Insertion;
import dev.vitrine.xai.metric.Metric;
import dev.vitrine.xai.metric.Perturbation;
import dev.vitrine.xai.metric.RandomLogit;
import dev.vitrine.xai.metric.Removal;
import dev.vitrine.xai.metric.Road;
import dev.vitrine.xai.metric.Sensitivity;
import dev.vitrine.xai.metric.Similarity;
import dev.vitrine.xai.metric.Sparseness;
import dev.vitrine.xai.metric.Subsets;
import dev.vitrine.xai.metric.Sufficiency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** The metrics that the command line knows, by name, with their usual settings. */
public final class Judges {
  /** Steps in which all elements of a row leave or come. */
  private static final int STEPS = 56;

  private static final int SAMPLES = 50;
  private static final long SEED = 0;

  private static final String SENSITIVITY = "max-sensitivity";

  /** Small beside what rows hold: pixels from 0 to 1, standardised columns. */
  private static final Perturbation NEIGHBOURS = Perturbation.uniform(0.02f, SEED);

  /** Those of Quantus' first tutorial. */
  private static final Perturbation WIDER_NEIGHBOURS = Perturbation.uniform(0.1f, SEED);

  private static final int NEIGHBOUR_SAMPLES = 10;

  /**
   * A metric, and what it asks about.
   *
   * @param probability whether it looks at the probability of the class, not at what the method
   *     explained
   */
  record Judge(Metric metric, boolean probability) {}

  /** By name: made for rows of so many elements. */
  private static final Map<String, IntFunction<Judge>> ANY =
      Methods.ordered(
          entry("deletion", n -> said(new Deletion(Removal.zeros(), Math.ceilDiv(n, STEPS)))),
          entry("insertion", n -> said(new Insertion(Removal.zeros(), Math.ceilDiv(n, STEPS)))),
          entry("comprehensiveness", n -> said(new Comprehensiveness(Removal.zeros()))),
          entry("sufficiency", n -> said(new Sufficiency(Removal.zeros()))),
          entry(
              "faithfulness-correlation",
              n ->
                  asked(
                      new FaithfulnessCorrelation(
                          Removal.zeros(), Subsets.drawn(SEED), Math.ceilDiv(n, 4), SAMPLES))),
          entry(
              "infidelity",
              n -> asked(new Infidelity(Perturbation.normal(0.2f, SEED), SAMPLES, true))),
          entry(SENSITIVITY, n -> asked(new Sensitivity(NEIGHBOURS, NEIGHBOUR_SAMPLES, false))),
          entry(
              SENSITIVITY + "-of-input",
              n ->
                  asked(
                      new Sensitivity(
                          WIDER_NEIGHBOURS,
                          NEIGHBOUR_SAMPLES,
                          false,
                          Sensitivity.Relative.TO_INPUT))),
          entry(
              "random-logit",
              n -> asked(new RandomLogit(Similarity.of(Correlation.SPEARMAN), SEED))),
          entry("sparseness", n -> asked(new Sparseness())),
          entry("complexity", n -> asked(new Complexity())));

  /** For images. */
  private static final Map<String, IntFunction<Judge>> IMAGES =
      Methods.ordered(entry("road", n -> said(new Road(SEED))));

  private Judges() {}

  private static Judge said(Metric m) {
    return new Judge(m, true);
  }

  private static Judge asked(Metric m) {
    return new Judge(m, false);
  }

  /** Every name. */
  public static List<String> all() {
    return of(true);
  }

  /** Every name that serves such inputs. */
  public static List<String> of(boolean images) {
    var names = new ArrayList<>(ANY.keySet());
    if (images) {
      names.addAll(IMAGES.keySet());
    }
    return names;
  }

  /** The metric of this name for rows of this shape, […] or images [h, w, c] from 0 to 1. */
  static Judge of(String name, Shape row) {
    boolean images = row.rank() == 3;
    if (images && name.equals(SENSITIVITY)) {
      return asked(new Sensitivity(NEIGHBOURS.within(0, 1), NEIGHBOUR_SAMPLES, false));
    }
    var make = ANY.getOrDefault(name, IMAGES.get(name));
    if (make == null) {
      throw new IllegalArgumentException(
          "no metric is called \"" + name + "\"; there are " + String.join(", ", all()));
    }
    return make.apply(Math.toIntExact(row.size()));
  }
}
