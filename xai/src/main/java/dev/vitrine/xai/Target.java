package dev.vitrine.xai;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which number of each row is explained: one of a quantity, or the difference of two.
 *
 * @param quantity the numbers to choose from
 * @param classes which of them: one for all rows, one per row, or null = the largest output
 * @param rivals which of them is subtracted, likewise; null = none
 */
public record Target(Quantity quantity, int @Nullable [] classes, int @Nullable [] rivals) {

  /** Numbers [n, k] of a recorded network, of which each row explains one. */
  @FunctionalInterface
  public interface Quantity {
    Var of(Recording r);
  }

  /**
   * How outputs are seen. A network that ends in a softmax has its logits in front of that, and its
   * outputs are not normalised once more.
   */
  public enum Scale implements Quantity {
    /** The output itself. */
    LOGIT {
      @Override
      public Var of(Recording r) {
        return r.logits();
      }
    },
    /** softmax of the logits. */
    PROBABILITY {
      @Override
      public Var of(Recording r) {
        return r.logits().softmax();
      }
    },
    /** ln softmax of the logits. */
    LOG_PROBABILITY {
      @Override
      public Var of(Recording r) {
        return r.logits().logSoftmax();
      }
    };

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** One element of what a place holds, the same in every row. */
  public record Neuron(Place place, List<Integer> index) implements Quantity {
    public Neuron(Place place, int... index) {
      this(place, Arrays.stream(index).boxed().toList());
    }

    @Override
    public Var of(Recording r) {
      return in(r.at(place));
    }

    /** Its element of each row of {@code v} [n, …], which has the shape of the place: [n, 1]. */
    public Var in(Var v) {
      Shape row = v.shape().without(0);
      boolean fits = row.rank() == index.size();
      for (int axis = 0; fits && axis < row.rank(); axis++) {
        int i = index.get(axis);
        fits = i >= 0 && i < row.dim(axis);
      }
      if (!fits) {
        throw new IllegalArgumentException(
            "neuron %s of %s, which has shape %s".formatted(index, place, row));
      }
      Var one = v;
      for (int axis = 0; axis < row.rank(); axis++) {
        one = one.slice(axis + 1, index.get(axis), index.get(axis) + 1);
      }
      return one.flatten();
    }

    @Override
    public String toString() {
      return "neuron " + index + " of " + place;
    }
  }

  /** The class that the network predicts for each row. */
  public static Target predicted() {
    return new Target(Scale.LOGIT, null, null);
  }

  /** One class for all rows, or one per row. */
  public static Target of(int... classes) {
    return new Target(Scale.LOGIT, classes.clone(), null);
  }

  /** One element of what a place holds: its index without the row, (h, w, c) in images. */
  public static Target neuron(Place place, int... index) {
    return of(new Neuron(place, index));
  }

  /** Any number per row: the first of what {@code quantity} gives, [n, k]. */
  public static Target of(Quantity quantity) {
    return new Target(quantity, new int[] {0}, null);
  }

  /** The softmax probability of the same classes. */
  public Target probability() {
    return new Target(Scale.PROBABILITY, classes, rivals);
  }

  /** The logarithm of the softmax probability of the same classes. */
  public Target logProbability() {
    return new Target(Scale.LOG_PROBABILITY, classes, rivals);
  }

  /** The difference to other classes: one for all rows, or one per row. */
  public Target minus(int... others) {
    return new Target(quantity, classes, others.clone());
  }

  /** The class of each of n rows; {@code outputs} [n, k] is asked for only if it is needed. */
  int[] classes(int n, int k, Supplier<Tensor> outputs) {
    if (classes != null) {
      return given("target", classes, n, k);
    }
    return largest(outputs.get());
  }

  /** Which output of each row is the largest, the first of equal ones: the predicted class. */
  static int[] largest(Tensor outputs) {
    int[] chosen = new int[outputs.shape().dim(0)];
    int k = width(outputs.shape());
    for (int r = 0; r < chosen.length; r++) {
      for (int j = 1; j < k; j++) {
        if (outputs.at((long) r * k + j) > outputs.at((long) r * k + chosen[r])) {
          chosen[r] = j;
        }
      }
    }
    return chosen;
  }

  /** The class that is subtracted, of each row. */
  int @Nullable [] rivals(int n, int k) {
    return rivals == null ? null : given("target minus", rivals, n, k);
  }

  private static int[] given(String what, int[] classes, int n, int k) {
    if (classes.length != 1 && classes.length != n) {
      throw new IllegalArgumentException(
          "%s: %d classes given for %d rows; give one, or one per row"
              .formatted(what, classes.length, n));
    }
    int[] chosen = new int[n];
    for (int r = 0; r < n; r++) {
      chosen[r] = classes[classes.length == 1 ? 0 : r];
      if (chosen[r] < 0 || chosen[r] >= k) {
        throw new IllegalArgumentException(
            "%s: class %d of row %d; there are 0 to %d".formatted(what, chosen[r], r, k - 1));
      }
    }
    return chosen;
  }

  /** Of a shape [n, …]. */
  static int width(Shape outputs) {
    return Math.toIntExact(outputs.size() / Math.max(outputs.dim(0), 1));
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Target t
        && quantity.equals(t.quantity)
        && Arrays.equals(classes, t.classes)
        && Arrays.equals(rivals, t.rivals);
  }

  @Override
  public int hashCode() {
    return Objects.hash(quantity, Arrays.hashCode(classes), Arrays.hashCode(rivals));
  }

  @Override
  public String toString() {
    String what = quantity.toString();
    if (quantity instanceof Scale) {
      what +=
          " of " + (classes == null ? "the predicted class" : classes("given classes", classes));
    }
    return rivals == null ? what : what + " minus that of " + classes("other classes", rivals);
  }

  private static String classes(String many, int[] classes) {
    return classes.length == 1 ? "class " + classes[0] : many;
  }
}
