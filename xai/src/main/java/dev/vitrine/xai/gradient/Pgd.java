package dev.vitrine.xai.gradient;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Map;

/**
 * An input near x whose explained number is smaller: x ← Π(x − step·sign ∇f), where Π keeps each
 * element within ε of where it started and within the range of inputs (projected gradient descent,
 * Madry et al. 2018). With one step as long as ε it is the fast gradient sign method (Goodfellow,
 * Shlens and Szegedy 2015).
 *
 * @param epsilon largest change of an element
 * @param step change of an element in one step
 * @param steps how many
 * @param low smallest value of an input
 * @param high largest value of an input
 * @param towards true: the explained number is to grow instead
 * @param random true: starts at a uniformly random point within ε
 * @param seed of that
 */
public record Pgd(
    float epsilon,
    float step,
    int steps,
    float low,
    float high,
    boolean towards,
    boolean random,
    long seed) {
  /** Noise and baselines draw from other streams. */
  private static final int STREAM = 3;

  public Pgd {
    if (!(epsilon > 0) || !(step > 0) || steps < 1 || !(low < high)) {
      throw new IllegalArgumentException(
          "epsilon %s, step %s, %d steps, inputs %s to %s: positive numbers and a range are needed"
              .formatted(epsilon, step, steps, low, high));
    }
  }

  /** The fast gradient sign method for inputs in [0, 1]. */
  public static Pgd fgsm(float epsilon) {
    return new Pgd(epsilon, epsilon, 1, 0, 1, false, false, 0);
  }

  /** Steps of a quarter of ε for inputs in [0, 1], from a random point. */
  public static Pgd steps(float epsilon, int steps) {
    return new Pgd(epsilon, epsilon / 4, steps, 0, 1, false, true, 0);
  }

  /** Towards the explained number. */
  public Pgd growing() {
    return new Pgd(epsilon, step, steps, low, high, true, random, seed);
  }

  private enum Program {
    SIGN
  }

  /** A changed copy of each row, rows being numbered from 0. */
  public Tensor perturb(Subject subject, Tensor x, Target target) {
    return perturb(subject, x, 0, target);
  }

  /** The same; {@code firstRow} is the first row's number, which its random start depends on. */
  public Tensor perturb(Subject subject, Tensor x, int firstRow, Target target) {
    try (Question q = Question.of(subject, x, firstRow, target)) {
      Tensor now = x.copy();
      if (random) {
        start(now, q.numbers());
      }
      for (int k = 0; k < steps; k++) {
        Tensor sign =
            q.about(now).value(Program.SIGN, Map.of(), r -> r.gradient(Place.input()).sign());
        float by = towards ? step : -step;
        for (long i = 0; i < x.size(); i++) {
          now.put(i, inside(Math.fma(by, sign.at(i), now.at(i)), x.at(i)));
        }
      }
      return now;
    }
  }

  private void start(Tensor x, int[] numbers) {
    long size = x.size() / Math.max(numbers.length, 1);
    for (long i = 0; i < x.size(); i++) {
      float u = Philox.uniformAt(seed, STREAM, 0, numbers[(int) (i / size)], i % size);
      x.put(i, inside(Math.fma(2 * u - 1, epsilon, x.at(i)), x.at(i)));
    }
  }

  private float inside(float v, float x) {
    return Math.clamp(Math.clamp(v, x - epsilon, x + epsilon), low, high);
  }
}
