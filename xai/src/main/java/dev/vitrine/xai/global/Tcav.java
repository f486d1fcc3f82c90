package dev.vitrine.xai.global;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * TCAV = share of rows whose explained number grows if the layer's activations move towards a
 * concept: ∇_a f·v &gt; 0 (Kim et al. 2018). v is drawn against several sets of random examples,
 * and the scores are compared with those of one random set against the next.
 *
 * @param layer where concepts are looked for
 * @param penalty of the logistic regression that finds v, above 0
 */
public record Tcav(Place layer, double penalty) {
  /** Programs. */
  private enum Program {
    ACTIVATIONS,
    GRADIENT
  }

  private record Key(Program program, Place layer) {}

  /** With a penalty of 1. */
  public Tcav(Place layer) {
    this(layer, 1);
  }

  /**
   * Scores of a concept.
   *
   * @param vectors of the concept against each random set
   * @param scores TCAV of each of them
   * @param randomScores TCAV of each random set against the next
   * @param p of a two-sided t test (Welch 1947) that both have the same mean: small = the concept
   *     matters; NaN with one random set
   */
  public record Result(
      List<ConceptVector> vectors, double[] scores, double[] randomScores, double p) {
    /** The mean score. */
    public double score() {
      return Moments.of(scores).mean();
    }

    /** Of the mean score, were more random sets drawn; NaN with one. */
    public double standardError() {
      return Moments.of(scores).standardError();
    }
  }

  /**
   * How often the concept speaks for the explained number.
   *
   * @param x rows [n, …] that are explained
   * @param concept examples of the concept, [m, …] inputs of the same kind
   * @param randoms sets of random examples; at least 2 for a test
   */
  public Result of(Subject subject, Tensor x, Target target, Tensor concept, List<Tensor> randoms) {
    if (randoms.isEmpty()) {
      throw new IllegalArgumentException("no random examples given: at least one set is needed");
    }
    float[][] gradients;
    try (Question q = Question.of(subject, x, 0, target)) {
      gradients = split(read(q, Program.GRADIENT));
    }
    float[][] own = activations(subject, concept);
    var others = new ArrayList<float[][]>();
    for (Tensor r : randoms) {
      others.add(activations(subject, r));
    }
    var vectors = new ArrayList<ConceptVector>();
    double[] scores = new double[others.size()];
    double[] random = new double[others.size() > 1 ? others.size() : 0];
    for (int i = 0; i < scores.length; i++) {
      ConceptVector v = ConceptVector.fit(own, others.get(i), penalty);
      vectors.add(v);
      scores[i] = score(gradients, v);
      if (random.length > 0) {
        float[][] next = others.get((i + 1) % others.size());
        random[i] = score(gradients, ConceptVector.fit(others.get(i), next, penalty));
      }
    }
    double p = random.length == 0 ? Double.NaN : StudentT.welch(scores, random);
    return new Result(List.copyOf(vectors), scores, random, p);
  }

  /** ∇_a f·v of each row: how fast the explained number grows towards the concept. */
  public double[] sensitivities(Subject subject, Tensor x, Target target, ConceptVector v) {
    try (Question q = Question.of(subject, x, 0, target)) {
      float[][] gradients = split(read(q, Program.GRADIENT));
      double[] all = new double[gradients.length];
      for (int r = 0; r < all.length; r++) {
        all[r] = along(gradients[r], v);
      }
      return all;
    }
  }

  private float[][] activations(Subject subject, Tensor examples) {
    try (Question q = Question.of(subject, examples, 0, Target.of(0))) {
      return split(read(q, Program.ACTIVATIONS));
    }
  }

  private Tensor read(Question q, Program what) {
    return q.value(
        new Key(what, layer),
        Map.of(),
        (Recording r) -> what == Program.GRADIENT ? r.gradient(layer) : r.at(layer));
  }

  private static float[][] split(Tensor all) {
    int n = all.shape().dim(0);
    float[][] rows = new float[n][];
    for (int r = 0; r < n; r++) {
      rows[r] = all.rows(r, r + 1).toFloats();
    }
    return rows;
  }

  private static double score(float[][] gradients, ConceptVector v) {
    int towards = 0;
    for (float[] g : gradients) {
      towards += along(g, v) > 0 ? 1 : 0;
    }
    return (double) towards / gradients.length;
  }

  private static double along(float[] gradient, ConceptVector v) {
    double sum = 0;
    for (int e = 0; e < gradient.length; e++) {
      sum += gradient[e] * v.direction()[e];
    }
    return sum;
  }
}
