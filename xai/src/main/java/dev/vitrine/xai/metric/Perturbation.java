package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import java.util.Arrays;

/** A small change I of a row x, random: the neighbours of a row are x + I. */
@FunctionalInterface
public interface Perturbation {
  /** I for sample {@code k} of the row of this number, which holds {@code x}. */
  float[] of(float[] x, int number, int k);

  /** Cut where x + I would leave [low, high], for methods that refuse other values. */
  default Perturbation within(float low, float high) {
    return new Within(this, low, high);
  }

  /** Normal, independent elements. */
  static Perturbation normal(float deviation, long seed) {
    return new Normal(deviation, seed);
  }

  /** Uniform in the cube [−radius, radius)ⁿ. */
  static Perturbation uniform(float radius, long seed) {
    return new Uniform(radius, seed);
  }

  /** x − baseline at random elements, each with this probability; 0 elsewhere. */
  static Perturbation dropped(float baseline, float probability, long seed) {
    return new Dropped(baseline, probability, seed);
  }

  /** Given ones, [rows, samples, …], by the number of the row. */
  static Perturbation of(Tensor given) {
    return new Given(given);
  }

  /** See {@link #normal}. */
  record Normal(float deviation, long seed) implements Perturbation {
    @Override
    public float[] of(float[] x, int number, int k) {
      long key = Draws.key(seed, number);
      float[] change = new float[x.length];
      for (int i = 0; i < change.length; i++) {
        change[i] = deviation * Philox.normalAt(key, 0, k, 0, i);
      }
      return change;
    }

    @Override
    public String toString() {
      return "normal %s, seed %d".formatted(deviation, seed);
    }
  }

  /** See {@link #uniform}. */
  record Uniform(float radius, long seed) implements Perturbation {
    @Override
    public float[] of(float[] x, int number, int k) {
      long key = Draws.key(seed, number);
      float[] change = new float[x.length];
      for (int i = 0; i < change.length; i++) {
        change[i] = radius * (2 * Philox.uniformAt(key, 0, k, 0, i) - 1);
      }
      return change;
    }

    @Override
    public String toString() {
      return "uniform %s, seed %d".formatted(radius, seed);
    }
  }

  /** See {@link #dropped}. */
  record Dropped(float baseline, float probability, long seed) implements Perturbation {
    @Override
    public float[] of(float[] x, int number, int k) {
      long key = Draws.key(seed, number);
      float[] change = new float[x.length];
      for (int i = 0; i < change.length; i++) {
        change[i] = Philox.uniformAt(key, 0, k, 0, i) < probability ? x[i] - baseline : 0;
      }
      return change;
    }

    @Override
    public String toString() {
      return "%s of the elements to %s, seed %d".formatted(probability, baseline, seed);
    }
  }

  /** See {@link #within}. */
  record Within(Perturbation change, float low, float high) implements Perturbation {
    public Within {
      if (!(low < high)) {
        throw new IllegalArgumentException(
            "low " + low + ", high " + high + ": low must be less than high");
      }
    }

    @Override
    public float[] of(float[] x, int number, int k) {
      float[] cut = change.of(x, number, k);
      for (int i = 0; i < cut.length; i++) {
        cut[i] = Math.clamp(x[i] + cut[i], low, high) - x[i];
        // the difference is rounded: x + I may still be a step outside
        while (x[i] + cut[i] > high) {
          cut[i] = Math.nextDown(cut[i]);
        }
        while (x[i] + cut[i] < low) {
          cut[i] = Math.nextUp(cut[i]);
        }
      }
      return cut;
    }

    @Override
    public String toString() {
      return "%s, within %s and %s".formatted(change, low, high);
    }
  }

  /** See {@link #of(Tensor)}. */
  record Given(Tensor given) implements Perturbation {
    @Override
    public float[] of(float[] x, int number, int k) {
      float[] all = given.rows(number, number + 1).toFloats();
      return Arrays.copyOfRange(all, k * x.length, (k + 1) * x.length);
    }

    @Override
    public String toString() {
      return "given " + TensorHash.of(given).substring(0, 16);
    }
  }
}
