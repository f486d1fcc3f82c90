package dev.vitrine.xai.global;

import dev.vitrine.xai.linear.LogisticRegression;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * v: the unit vector across the border between activations of a concept and others, towards the
 * concept (Kim et al. 2018, section 3.2). The border is that of a logistic regression.
 *
 * @param direction v, in the order of the layer's elements
 * @param accuracy share of held-out examples on the right side; each third one of either kind is
 *     held out where there are 3 of both, else none
 */
public record ConceptVector(double[] direction, double accuracy) {

  /** From activations of examples of the concept and of others, [examples][elements]. */
  static ConceptVector fit(float[][] concept, float[][] others, double penalty) {
    if (concept.length == 0 || others.length == 0) {
      throw new IllegalArgumentException(
          "%d examples of the concept and %d others: both are needed"
              .formatted(concept.length, others.length));
    }
    boolean test = concept.length > 2 && others.length > 2;
    float[][] of = kept(concept, test);
    float[][] and = kept(others, test);
    float[][] all = Arrays.copyOf(of, of.length + and.length);
    System.arraycopy(and, 0, all, of.length, and.length);
    boolean[] positive = new boolean[all.length];
    Arrays.fill(positive, 0, of.length, true);
    LogisticRegression border = LogisticRegression.fit(all, positive, penalty);
    float[][] yes = test ? held(concept) : concept;
    float[][] no = test ? held(others) : others;
    long right =
        Arrays.stream(yes).filter(a -> border.of(a) > 0).count()
            + Arrays.stream(no).filter(a -> border.of(a) <= 0).count();
    return new ConceptVector(unit(border.weights()), (double) right / (yes.length + no.length));
  }

  private static float[][] kept(float[][] examples, boolean test) {
    return IntStream.range(0, examples.length)
        .filter(i -> !test || i % 3 != 2)
        .mapToObj(i -> examples[i])
        .toArray(float[][]::new);
  }

  private static float[][] held(float[][] examples) {
    return IntStream.range(0, examples.length)
        .filter(i -> i % 3 == 2)
        .mapToObj(i -> examples[i])
        .toArray(float[][]::new);
  }

  private static double[] unit(double[] w) {
    double squares = 0;
    for (double e : w) {
      squares += e * e;
    }
    double length = Math.sqrt(squares);
    return Arrays.stream(w).map(e -> length == 0 ? 0 : e / length).toArray();
  }
}
